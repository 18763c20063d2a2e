import type { Tls } from "../http/agent.ts";
import type { PermissionOptions } from "../suite/permissions.ts";
import type { SuiteOptions } from "../suite/suite.ts";
import type { Selection } from "./select.ts";

/** Options of `runContract()`. */
export interface ContractOptions extends SuiteOptions, Selection, PermissionOptions {
  /** The server's base URL, to which the paths of the spec are appended. */
  readonly url: string;
  /** Headers for every request, such as those that a gateway requires. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** An HTTP proxy: `http://user:password@proxy:3128`. */
  readonly proxy?: string | undefined;
  /** A client certificate with its key, and the certificates to trust, all in PEM. */
  readonly tls?: Tls | undefined;
  /** How many checks run at once. @default 16 */
  readonly concurrency?: number | undefined;
  /** The time limit for one answer, in milliseconds. @default 10000 */
  readonly timeout?: number | undefined;
  /** How old keys must be, in milliseconds, before they are sent again at the end. @default 3500 */
  readonly keyAge?: number | undefined;
  /**
   * Receives the server's event deliveries at this port of this machine, or at `host:port`, and checks them. The server
   * must know the URL, and sign deliveries with `webhookSecret`.
   */
  readonly webhookListen?: string | undefined;
  /** The signing secret of the endpoint: `whsec_…`. */
  readonly webhookSecret?: string | undefined;
  /** How long to wait for a delivery or its repeat, in milliseconds. @default 15000 */
  readonly webhookWait?: number | undefined;
  /** Stop after the first broken promise. @default false */
  readonly bail?: boolean | undefined;
  /** Remove what the run has created at its end, if the spec has a way. @default true */
  readonly cleanUp?: boolean | undefined;
  /** Called once, before anything is sent. */
  readonly onStart?: ((announcement: Announcement) => void) | undefined;
  /** Called after each check. */
  readonly onResult?: ((progress: Progress) => void) | undefined;
}

/** What a run is about to do. */
export interface Announcement {
  /** The base URL of the server. */
  readonly server: string;
  /** How many checks will run. */
  readonly checks: number;
  /** How many resources a correct server creates at most, by operation. */
  readonly creates: Readonly<Record<string, number>>;
  /** The seed that repeats the run. */
  readonly seed: number;
  /** Where deliveries are received; `undefined` if they are not. */
  readonly webhooks: string | undefined;
}

/** The progress of a run. */
export interface Progress {
  /** How many checks have ended. */
  readonly done: number;
  /** How many checks there are. */
  readonly total: number;
  /** How many of those that ended found a broken promise. */
  readonly failed: number;
  /** The promise that was checked last. */
  readonly title: string;
}

/** The default time limit for one answer, in milliseconds. */
export const TIMEOUT = 10_000;
/** The default number of checks that run at once. */
export const CONCURRENCY = 16;
/** The default wait for a delivery, in milliseconds: the first repeat comes after five seconds. */
export const WEBHOOK_WAIT = 15_000;
/** The default age of keys before they are sent again, in milliseconds: some stores forget after three seconds. */
export const KEY_AGE = 3_500;
