import { flag, share, text, whole } from "../checked-values.ts";
import { moment } from "../clock/duration.ts";
import { MockError } from "../mock-error.ts";
import type { JournalEntry } from "../store/journal-entry.ts";
import { LONGEST_DELAY } from "../wishes/prefer.ts";

/** Options that the server and the MSW handlers have in common. */
export interface SharedOptions {
  /** The only client ID that is accepted, together with `password`. @default any */
  readonly username?: string;
  /** The API key that belongs to `username`. */
  readonly password?: string;
  /** Makes IDs and times repeatable: the same requests in the same order get the same answers. */
  readonly seed?: number;
  /** Milliseconds before each answer. @default 0 */
  readonly delay?: number;
  /** The share of requests, 0 to 1, whose answer fails in some way. @default 0 */
  readonly faultRate?: number;
  /** The time at which the mock's clock starts. @default the current time */
  readonly now?: string | number | Date;
  /** Refuses suspicious requests instead of warning about them. @default false */
  readonly strict?: boolean;
  /** Makes the usual next move of each resource automatically, five seconds later. @default false */
  readonly auto?: boolean;
  /**
   * Whether all client IDs and apps share resources, planned answers, the journal and the event receiver; otherwise
   * each has its own. @default false
   */
  readonly shared?: boolean;
  /** Bytes of the longest accepted body. @default 4_194_304 */
  readonly bodyLimit?: number;
  /** How many requests `requests` remembers. @default 1_000 */
  readonly journalSize?: number;
  /** Called for each request once its answer is ready. */
  readonly onRequest?: (entry: JournalEntry) => void;
}

export const SHARED_NAMES: readonly string[] = [
  ...[
    "username",
    "password",
    "seed",
    "delay",
    "faultRate",
    "now",
    "strict",
    "auto",
    "shared",
    "bodyLimit",
    "journalSize",
  ],
  "onRequest",
];

/** The options with their defaults. */
export interface Shared {
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly seed: number | undefined;
  readonly delay: number;
  readonly faultRate: number;
  /** Milliseconds since 1970. */
  readonly now: number | undefined;
  readonly strict: boolean;
  readonly auto: boolean;
  readonly shared: boolean;
  readonly bodyLimit: number;
  readonly journalSize: number;
  readonly onRequest: ((entry: JournalEntry) => void) | undefined;
}

/** @throws MockError for an invalid value. */
export function checkShared(options: SharedOptions): Shared {
  const { username, password, seed, onRequest, now } = options;
  if (onRequest !== undefined && typeof onRequest !== "function") {
    throw new MockError("onRequest must be a function.");
  }
  return {
    username: username === undefined ? undefined : userName(username),
    password: password === undefined ? undefined : text("password", password),
    seed: seed === undefined ? undefined : whole("seed", seed, 0, 2 ** 32 - 1),
    delay: whole("delay", options.delay ?? 0, 0, LONGEST_DELAY),
    faultRate: share("faultRate", options.faultRate ?? 0),
    now: now === undefined ? undefined : moment(now),
    strict: flag("strict", options.strict ?? false),
    auto: flag("auto", options.auto ?? false),
    shared: flag("shared", options.shared ?? false),
    bodyLimit: whole("bodyLimit", options.bodyLimit ?? 4_194_304, 1, 2 ** 30),
    journalSize: whole("journalSize", options.journalSize ?? 1_000, 1, 1_000_000),
    onRequest,
  };
}

function userName(value: unknown): string {
  const name = text("username", value);
  if (name.includes(":"))
    throw new MockError("username can't contain a colon: nobody could send it (RFC 7617).");
  return name;
}
