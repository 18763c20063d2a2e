import type { Json } from "@dots-payouts/openapi";

/** A request exactly as it is sent: only HTTP's framing headers are added. */
export interface WireRequest {
  readonly method: string;
  /** Path and query, below the base URL; begins with `/`. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The bytes of the body; text is sent as UTF-8. */
  readonly body?: string | Uint8Array;
  /**
   * How the body is sent: with `content-length`; in `chunks` without one; or `aborted`, with a longer announced length
   * than is sent before the connection is cut.
   */
  readonly framing?: "length" | "chunks" | "aborted";
  /** The ID of the operation that it is for. */
  readonly operation?: string;
  /** The idempotency key in the body: whenever the request is repeated, it needs another one. */
  readonly key?: string;
  /** The `authorization` header. Kept separate from the others, because it must not be shown. */
  readonly authorization?: Authorization;
}

/** An `authorization` header, and how to show it without revealing a secret. */
export interface Authorization {
  readonly header: string;
  /** curl arguments for the same header, with the credentials as environment variables. */
  readonly curl: string;
}

/** The answer. */
export interface Answer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Whether the body was read to its end: very large ones are not. */
  readonly whole: boolean;
  /** When its request was sent, by `performance.now()`. */
  readonly sent: number;
  /** Milliseconds from sending to the last byte. */
  readonly milliseconds: number;
}

/** Why there was no answer, or no complete one. */
export interface NoAnswer {
  readonly reason: "timeout" | "cut" | "unreachable";
  readonly message: string;
}

/** A request and its outcome. */
export interface Exchange {
  readonly request: WireRequest;
  readonly outcome: Answer | NoAnswer;
}

export function isAnswer(outcome: Answer | NoAnswer): outcome is Answer {
  return "status" in outcome;
}

/** Parses JSON; `undefined` if it is not JSON. */
export function parseJson(text: string): Json | undefined {
  try {
    const json: Json = JSON.parse(text);
    return json;
  } catch {
    return undefined;
  }
}
