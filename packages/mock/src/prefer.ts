import { header, type MockRequest } from "./message.ts";
import { refuse } from "./refusal.ts";

/** What a request asks of the mock by the header `Prefer` (RFC 7240), or by Prism's query parameters. */
export interface Preferences {
  readonly code: number | undefined;
  readonly example: string | undefined;
  readonly dynamic: boolean | undefined;
}

/**
 * The wishes of a request; `undefined` when it has none. Unknown ones are ignored, as RFC 7240 §2 asks.
 * @throws Refusal (400) when a known one has a value that it cannot have.
 */
export function preferences(request: MockRequest): Preferences | undefined {
  const wishes = header(request, "prefer");
  const query = request.target.includes("?__") || request.target.includes("&__");
  if (wishes === undefined && !query) return undefined;
  const values = new Map(query ? fromQuery(request.target) : []);
  for (const wish of (wishes ?? "").split(/[,;]/)) {
    const [name, ...rest] = wish.split("=");
    const key = name?.trim().toLowerCase() ?? "";
    if (!values.has(key))
      values.set(
        key,
        rest
          .join("=")
          .trim()
          .replace(/^"(.*)"$/, "$1"),
      );
  }
  const code = values.get("code");
  const dynamic = values.get("dynamic");
  const found = {
    code: code === undefined ? undefined : status(code),
    example: values.get("example"),
    dynamic: dynamic === undefined ? undefined : dynamic !== "false",
  };
  return Object.values(found).every((value) => value === undefined) ? undefined : found;
}

function fromQuery(target: string): [string, string][] {
  const query = new URLSearchParams(target.slice(target.indexOf("?")));
  return [...query].flatMap(([name, value]) => (name.startsWith("__") ? [[name.slice(2), value]] : []));
}

function status(value: string): number {
  if (/^[1-5]\d\d$/.test(value)) return Number(value);
  throw refuse(400, "prefer", `Prefer: code=${value} is no status code.`);
}
