import { isObject } from "@dots-payouts/openapi";
import type { Fault } from "./fault.ts";

/** An answer. An empty `body` is no body. */
export interface MockAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The number of the request in the journal. */
  readonly entry?: number | undefined;
  /** The fault that the transport applies to the answer. */
  readonly fault?: Fault | undefined;
}

/** The header with the request's number in the journal. */
export const REQUEST_ID = "x-request-id";

/** An answer with a journal number, unless it already has one. */
export function numbered({ status, headers, body, fault }: MockAnswer, entry: number): MockAnswer {
  const isNamed = Object.keys(headers).some((name) => name.toLowerCase() === REQUEST_ID);
  return { status, headers, body, entry: isNamed ? undefined : entry, fault };
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

/** The answer after a fault, except for faults that the transport applies. */
export function faultyAnswer(answer: MockAnswer, fault: Fault | undefined): MockAnswer {
  if (fault === undefined) return answer;
  if (fault === "status") return { ...jsonAnswer(503, { message: "Try again later." }), fault };
  return { ...answer, body: fault === "garble" ? garble(answer.body) : answer.body, fault };
}

function garble(body: string): string {
  return `${body.slice(0, Math.ceil(body.length / 2))}\u0000<!-- garbled -->`;
}

/** Whether an answer with this status has no body (RFC 9110 §15.3.5, §15.3.6, §15.4.5). */
export function isBodiless(status: number): boolean {
  return status === 204 || status === 205 || status === 304;
}

/** Transport headers. The transport sets them for the answer that it sends. */
const FRAMING = new Set([
  "connection",
  "content-encoding",
  "content-length",
  "keep-alive",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

export function isFraming(header: string): boolean {
  return FRAMING.has(header.toLowerCase());
}

/** Why HTTP cannot carry an answer (RFC 9110 §5.1, §5.5, §15); `undefined` if it can. */
export function sendingProblem({
  status,
  headers,
}: Pick<MockAnswer, "status" | "headers">): string | undefined {
  if (!Number.isInteger(status) || status < 200 || status > 599) {
    return `${status} is not a valid status: use a whole number from 200 to 599`;
  }
  if (sendable.has(headers)) return undefined;
  for (const [name, value] of Object.entries(headers)) {
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) return `${JSON.stringify(name)} is not a valid header name`;
    if (!isHeaderText(value)) {
      return `the header ${name} cannot have the value ${JSON.stringify(value)}: HTTP headers are Latin-1 without control characters`;
    }
  }
  sendable.add(headers);
  return undefined;
}

/** Whether a string can be a header value or a reason phrase: Latin-1 without control characters. */
export function isHeaderText(text: string): boolean {
  return /^[\t\x20-\x7e\x80-\xff]*$/.test(text);
}

/** Headers that were already checked: most answers share theirs. */
const sendable = new WeakSet<object>();

/** Parses headers from JSON; anything else in the text is ignored. */
export function parseHeaders(text: string): Record<string, string> {
  const value: unknown = JSON.parse(text);
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, child]) => (typeof child === "string" ? [[name, child]] : [])),
  );
}
