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

/** The value of a header that was sent, several joined as RFC 9110 §5.3 has it. */
export function header(request: Pick<MockRequest, "headers">, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(", ") : value;
}
