import type { Json } from "@dots-payouts/openapi";

/** A request exactly as it goes over the wire: nothing is added to it but the framing headers of HTTP. */
export interface WireRequest {
  readonly method: string;
  /** Path and query, below the base URL; begins with `/`. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The bytes of the body; text is sent as UTF-8. */
  readonly body?: string | Uint8Array;
  /**
   * How the body travels: with `content-length`; in `chunks` without one; or `aborted`, where more is announced than
   * is sent and the connection is then cut.
   */
  readonly framing?: "length" | "chunks" | "aborted";
  /** The ID of the operation that it is for. */
  readonly operation?: string;
  /** The idempotency key in the body: each time that the request is shown for repetition, another one has to be in it. */
  readonly key?: string;
  /** The `authorization` header. Kept apart from the others, since it must not be shown. */
  readonly authorization?: Authorization;
}

/** An `authorization` header, and how to show it without giving a secret away. */
export interface Authorization {
  readonly header: string;
  /** The arguments of curl that make the same header, with the credentials as environment variables. */
  readonly curl: string;
}

/** What came back. */
export interface Answer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Whether the body was read to its end: one of many megabytes is not. */
  readonly whole: boolean;
  /** When its request was sent, by `performance.now()`. */
  readonly sent: number;
  /** Milliseconds from sending to the last byte. */
  readonly milliseconds: number;
}

/** Why nothing, or nothing whole, came back. */
export interface NoAnswer {
  readonly reason: "timeout" | "cut" | "unreachable";
  readonly message: string;
}

/** A request, and what happened to it. */
export interface Exchange {
  readonly request: WireRequest;
  readonly outcome: Answer | NoAnswer;
}

export function isAnswer(outcome: Answer | NoAnswer): outcome is Answer {
  return "status" in outcome;
}

/** A text as JSON; `undefined` if it is not. */
export function parseJson(text: string): Json | undefined {
  try {
    const json: Json = JSON.parse(text);
    return json;
  } catch {
    return undefined;
  }
}
