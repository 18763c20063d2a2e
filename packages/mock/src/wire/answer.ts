import { isObject } from "@dots-payouts/openapi";
import type { Fault } from "./fault.ts";

/** What is sent back. An empty `body` is no body. */
export interface MockAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** What the transport has to do to the answer. */
  readonly fault?: Fault | undefined;
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
