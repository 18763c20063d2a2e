import { isObject } from "@dots-payouts/openapi";
import type { Fault } from "./disturbance.ts";
import type { Refusal } from "./refusal.ts";

/** A request as it came in, before anything is known of it. Header names are in lower case. */
export interface MockRequest {
  readonly method: string;
  /** The request target: path and query, as they were sent. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Reads the body to its end, and hands it over; or the refusal of one that is too large or does not arrive. */
  readBody(taken: (body: Uint8Array) => void, refused: (refusal: Refusal) => void): void;
}

/** What is sent back. An empty `body` is no body. */
export interface MockAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** What the transport has to do to the answer. */
  readonly fault?: Fault | undefined;
}

/** The value of a header that was sent, several joined as RFC 9110 §5.3 has it. */
export function header(request: Pick<MockRequest, "headers">, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(", ") : value;
}

/** An answer with a JSON body. */
export function jsonAnswer(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = NONE,
): MockAnswer {
  const all = headers === NONE ? JSON_CONTENT : { ...JSON_CONTENT, ...headers };
  return { status, headers: all, body: JSON.stringify(value) };
}

const NONE: Readonly<Record<string, string>> = {};
const JSON_CONTENT: Readonly<Record<string, string>> = { "content-type": "application/json" };

/** Headers that were written as JSON; anything else in the text is left out. */
export function parseHeaders(text: string): Record<string, string> {
  const value: unknown = JSON.parse(text);
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, child]) => (typeof child === "string" ? [[name, child]] : [])),
  );
}
