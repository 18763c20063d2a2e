import type { ConsoleOperation } from "../../try/console-data.ts";
import { type Draft, parameterName } from "./draft.ts";
import type { Target } from "./target.ts";

/** A request, ready to be sent. */
export interface SentRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** What happened when a request was sent. */
export type Outcome =
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly ok: boolean;
      readonly milliseconds: number;
      readonly headers: readonly (readonly [string, string])[];
      readonly body: string;
    }
  | { readonly kind: "failure"; readonly message: string };

/** The time limit of a request, in milliseconds. */
const PATIENCE = 15_000;

export function requestOf(operation: ConsoleOperation, target: Target, draft: Draft): SentRequest {
  const given = (place: "path" | "query" | "header"): [string, string][] =>
    operation.parameters[place].flatMap(({ name }): [string, string][] => {
      const value = draft.parameters[parameterName(place, name)];
      return value === undefined || value === "" ? [] : [[name, value]];
    });
  const path = given("path").reduce(
    (filled, [name, value]) => filled.replace(`{${name}}`, encodeURIComponent(value)),
    operation.path,
  );
  const query = new URLSearchParams(given("query")).toString();
  return {
    method: operation.method,
    url: `${target.url.replace(/\/+$/, "")}${path}${query === "" ? "" : `?${query}`}`,
    headers: {
      ...login(operation, target),
      ...(operation.body === undefined ? {} : { "Content-Type": operation.body.contentType }),
      ...Object.fromEntries(given("header")),
    },
    body: draft.body,
  };
}

function login({ login: way }: ConsoleOperation, { user, password }: Target): Record<string, string> {
  if (way.kind === "basic") return { Authorization: `Basic ${base64(`${user}:${password}`)}` };
  if (way.kind === "none") return {};
  const scheme = way.value.includes(" ") ? `${way.value.split(" ")[0]} ` : "";
  return { [way.name]: scheme + password };
}

/** Sends a request once, and waits for the complete response. */
export async function send({ method, url, headers, body }: SentRequest): Promise<Outcome> {
  const started = performance.now();
  try {
    const response = await fetch(url, {
      method,
      headers: { ...headers },
      ...(body === undefined ? {} : { body }),
      credentials: "omit",
      cache: "no-store",
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE),
    });
    const text = await response.text();
    return {
      kind: "answer",
      status: response.status,
      ok: response.ok,
      milliseconds: Math.round(performance.now() - started),
      headers: [...response.headers],
      body: text,
    };
  } catch (error) {
    const late = error instanceof DOMException && error.name === "TimeoutError";
    const { origin } = new URL(url);
    const message = late
      ? `No answer from ${origin} within ${PATIENCE / 1000} s. The request may have been carried out.`
      : `No answer from ${origin}. Is the mock running there? npx @dots-payouts/mock starts it. (Browsers refuse some ports, such as 22.)`;
    return { kind: "failure", message };
  }
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
