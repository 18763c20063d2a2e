import type { ConsoleOperation } from "../../try/console-data.ts";
import type { Target } from "./target.ts";

/** What became of a request. */
export type Outcome =
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly ok: boolean;
      readonly milliseconds: number;
      readonly body: unknown;
    }
  | { readonly kind: "failure"; readonly message: string };

/** How long a request may take, in milliseconds. */
const PATIENCE = 15_000;

/** Sends a request once, and waits for the whole answer. */
export async function send(operation: ConsoleOperation, target: Target, body: unknown): Promise<Outcome> {
  const started = performance.now();
  try {
    const response = await fetch(target.url.replace(/\/+$/, "") + operation.path, {
      method: operation.method,
      headers: {
        Authorization: `Basic ${base64(`${target.user}:${target.password}`)}`,
        "Content-Type": operation.contentType,
      },
      body: JSON.stringify(body),
      credentials: "omit",
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE),
    });
    const text = await response.text();
    const milliseconds = Math.round(performance.now() - started);
    return { kind: "answer", status: response.status, ok: response.ok, milliseconds, body: parse(text) };
  } catch (error) {
    const late = error instanceof DOMException && error.name === "TimeoutError";
    const message = late
      ? `No answer from ${target.url} within ${PATIENCE / 1000} s. The request may have been carried out.`
      : `No answer from ${target.url}. Is the mock running there? npx @dots-payouts/mock starts it.`;
    return { kind: "failure", message };
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
