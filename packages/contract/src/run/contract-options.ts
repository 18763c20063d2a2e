import type { Tls } from "../http/agent.ts";
import type { PermissionOptions } from "../suite/permissions.ts";
import type { SuiteOptions } from "../suite/suite.ts";
import type { Selection } from "./select.ts";

/** Options of `runContract()`. */
export interface ContractOptions extends SuiteOptions, Selection, PermissionOptions {
  /** The server's base URL, to which the paths of the spec are appended. */
  readonly url: string;
  /** Headers of every request, such as those that a gateway asks for. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** An HTTP proxy: `http://user:password@proxy:3128`. */
  readonly proxy?: string | undefined;
  /** A client certificate with its key, and the certificates to trust, all in PEM. */
  readonly tls?: Tls | undefined;
  /** How many checks run at once. @default 16 */
  readonly concurrency?: number | undefined;
  /** How long one answer may take, in milliseconds. @default 10000 */
  readonly timeout?: number | undefined;
  /** How old keys have to be, in milliseconds, before they are sent again at the end. @default 3500 */
  readonly keyAge?: number | undefined;
  /**
   * Receive the server's deliveries of events at this port of this machine, or at `host:port`, and check them. The server
   * has to know the URL, and `webhookSecret` is what it signs them with.
   */
  readonly webhookListen?: string | undefined;
  /** The signing secret of the endpoint: `whsec_…`. */
  readonly webhookSecret?: string | undefined;
  /** How long a delivery may take to come, or to come again, in milliseconds. @default 15000 */
  readonly webhookWait?: number | undefined;
  /** Stop after the first promise that is broken. @default false */
  readonly bail?: boolean | undefined;
  /** Remove what the run has made at its end, where the spec has a way. @default true */
  readonly cleanUp?: boolean | undefined;
  /** Told once, before anything is sent. */
  readonly onStart?: ((announcement: Announcement) => void) | undefined;
  /** Told of each check as it ends. */
  readonly onResult?: ((progress: Progress) => void) | undefined;
}

/** What a run is about to do. */
export interface Announcement {
  /** The base URL of the server. */
  readonly server: string;
  /** How many checks will run. */
  readonly checks: number;
  /** How many resources a server that keeps the spec makes, at most, operation by operation. */
  readonly creates: Readonly<Record<string, number>>;
  /** The seed that repeats the run. */
  readonly seed: number;
  /** Where deliveries are received; `undefined` where they are not. */
  readonly webhooks: string | undefined;
}

/** How far a run is. */
export interface Progress {
  /** How many checks have ended. */
  readonly done: number;
  /** How many checks there are. */
  readonly total: number;
  /** How many of those that ended found a broken promise. */
  readonly failed: number;
  /** The promise that was checked last, in words. */
  readonly title: string;
}

/** How long one answer may take, in milliseconds, unless said otherwise. */
export const TIMEOUT = 10_000;
/** How many checks run at once, unless said otherwise. */
export const CONCURRENCY = 16;
/** How long a delivery may take, in milliseconds: the first repeat comes after five seconds. */
export const WEBHOOK_WAIT = 15_000;
/** How old keys have to be before they are sent again, in milliseconds: some stores forget after three seconds. */
export const KEY_AGE = 3_500;
