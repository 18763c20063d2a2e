import { httpUrl, requireKnown, text, texts, whole } from "../checked-values.ts";
import { MockError } from "../mock-error.ts";
import type { SpecSource } from "../spec/read-spec.ts";
import { type EventShape, shapeOf } from "../webhooks/event-bodies.ts";
import type { EventReceiver } from "../webhooks/receivers.ts";
import { requireSecret } from "../webhooks/send-event.ts";
import { type Certificate, readCertificate } from "./certificate.ts";
import { checkShared, SHARED_NAMES, type Shared, type SharedOptions } from "./shared-options.ts";

/** Options of `startMock()`. */
export interface MockOptions extends SharedOptions {
  /** The port to listen on; 0 for a free one. @default 0 */
  readonly port?: number;
  /** The address to listen on. @default "127.0.0.1" */
  readonly host?: string;
  /**
   * Host names that the mock answers to (the header `Host`), besides IP addresses, `localhost`, `host`, and names
   * without a dot.
   */
  readonly allowHost?: readonly string[];
  /** Origins whose pages may call the mock, besides those on this machine; `*` means any. */
  readonly allowOrigin?: readonly string[];
  /** An OpenAPI document, or its file, which may refer to others. @default the spec that this version was built from */
  readonly spec?: SpecSource;
  /**
   * An SQLite file that keeps idempotency keys and requests across restarts, or the `postgres://` URL of a database
   * that mocks share, which needs the package `pg`. @default memory
   */
  readonly store?: string;
  /** The URL of a real server to forward all requests to; the mock then only watches. @default none */
  readonly proxy?: string;
  /** Where events are sent, signed with `webhookSecret`. @default nowhere */
  readonly webhookUrl?: string;
  /** `whsec_` and base64, as shown in the dashboard. */
  readonly webhookSecret?: string;
  /** Which of the documented bodies events have: the current ones, or the proposed ones. @default "published" */
  readonly webhookShape?: EventShape;
  /** A PEM file with the certificate for HTTPS and its chain. Needs `key`. */
  readonly cert?: string;
  /** The PEM file with the key of `cert`. */
  readonly key?: string;
  /** Milliseconds within which a request must arrive. @default 10_000, and 300_000 for a proxy */
  readonly requestTimeout?: number;
}

const NAMES: readonly string[] = [
  ...SHARED_NAMES,
  ...["webhookUrl", "webhookSecret", "webhookShape", "cert", "key"],
  ...["port", "host", "allowHost", "allowOrigin", "spec", "store", "proxy", "requestTimeout"],
];

/** The options with their defaults. */
export interface CheckedOptions extends Shared {
  readonly port: number;
  readonly host: string;
  readonly allowHost: readonly string[];
  readonly allowOrigin: readonly string[];
  readonly spec: SpecSource | undefined;
  readonly store: string | undefined;
  readonly proxy: string | undefined;
  readonly requestTimeout: number;
  readonly receiver: EventReceiver | undefined;
  readonly certificate: Certificate | undefined;
}

/** @throws MockError for an unknown option or an invalid value. */
export function checkOptions(options: MockOptions): CheckedOptions {
  requireKnown("the options", options, NAMES);
  const { store, proxy, spec } = options;
  if (proxy !== undefined) requireNothingToMock(options);
  const timeout = options.requestTimeout ?? (proxy === undefined ? 10_000 : 300_000);
  return {
    ...checkShared(options),
    port: whole("port", options.port ?? 0, 0, 65_535),
    host: text("host", options.host ?? "127.0.0.1"),
    allowHost: texts("allowHost", options.allowHost ?? []),
    allowOrigin: texts("allowOrigin", options.allowOrigin ?? []),
    spec,
    store: store === undefined ? undefined : text("store", store),
    proxy: proxy === undefined ? undefined : text("proxy", proxy),
    receiver: receiverOf(options),
    certificate: readCertificate(options.cert, options.key),
    requestTimeout: whole("requestTimeout", timeout, 1, 86_400_000),
  };
}

function receiverOf({ webhookUrl, webhookSecret, webhookShape }: MockOptions): EventReceiver | undefined {
  const shape = shapeOf("webhookShape", webhookShape ?? "published");
  if (webhookUrl === undefined && webhookSecret === undefined) return undefined;
  if (webhookUrl === undefined || webhookSecret === undefined) {
    throw new MockError("webhookUrl and webhookSecret must be given together.");
  }
  return { url: httpUrl("webhookUrl", webhookUrl), secret: requireSecret(webhookSecret), shape };
}

/** @throws MockError for an option that would change or store the real server's answers. */
function requireNothingToMock(options: MockOptions): void {
  const names = [
    "username",
    "password",
    "store",
    "seed",
    "delay",
    "faultRate",
    "now",
    "strict",
    "auto",
    "shared",
    "webhookUrl",
  ] as const;
  const made = names.find((name) => options[name] !== undefined && !isOff(options[name]));
  if (made === undefined) return;
  throw new MockError(`A proxy passes real traffic through unchanged: ${made} cannot be used with it.`);
}

function isOff(value: unknown): boolean {
  return value === 0 || value === false;
}
