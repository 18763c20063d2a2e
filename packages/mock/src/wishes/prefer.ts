import { queryOf } from "@dots-payouts/openapi";
import { type Disturbance, FAULTS, isFault } from "../wire/fault.ts";
import { refuse } from "../wire/refusal.ts";
import { header, type MockRequest } from "../wire/request.ts";

/** Which of the documented answers a request asks for. */
export interface Choice {
  readonly code: number | undefined;
  readonly example: string | undefined;
  readonly dynamic: boolean | undefined;
}

/** What a request asks the mock to do. */
export interface Wishes {
  /** `undefined` if the request leaves the answer to the mock. */
  readonly choice: Choice | undefined;
  readonly disturbance: Disturbance;
}

/** Milliseconds of the longest delay. */
export const LONGEST_DELAY = 600_000;

const NO_WISHES: Wishes = { choice: undefined, disturbance: {} };

/**
 * The preferences of a request: the header `Prefer` (RFC 7240), or Prism's query parameters (`__code`). Unknown ones
 * are ignored, as RFC 7240 §2 requires.
 * @throws Refusal (400) if a known one has an invalid value.
 */
export function wishesOf(request: MockRequest): Wishes {
  const preferred = header(request, "prefer");
  const query = request.target.includes("?__") || request.target.includes("&__");
  if (preferred === undefined && !query) return NO_WISHES;
  const values = new Map(query ? fromQuery(request) : []);
  for (const wish of (preferred ?? "").split(",")) {
    // Parameters after a semicolon refine the preference before it, and none of ours has any.
    const [name, ...rest] = (wish.split(";")[0] ?? "").split("=");
    const key = name?.trim().toLowerCase() ?? "";
    const value = rest
      .join("=")
      .trim()
      .replace(/^"(.*)"$/, "$1");
    if (!values.has(key)) values.set(key, value);
  }
  return { choice: choice(values), disturbance: disturbance(values) };
}

function fromQuery(request: MockRequest): [string, string][] {
  return [...queryOf(request.target)].flatMap(([name, value]) =>
    name.startsWith("__") ? [[name.slice(2), value]] : [],
  );
}

function choice(values: ReadonlyMap<string, string>): Choice | undefined {
  const code = values.get("code");
  const dynamic = values.get("dynamic");
  if (code !== undefined && !/^[1-5]\d\d$/.test(code)) throw impossible("code", code, "a status code");
  const found = {
    code: code === undefined ? undefined : Number(code),
    example: values.get("example"),
    dynamic: dynamic === undefined ? undefined : dynamic !== "false",
  };
  return Object.values(found).every((value) => value === undefined) ? undefined : found;
}

function disturbance(values: ReadonlyMap<string, string>): Disturbance {
  const delay = values.get("delay");
  const fault = values.get("fault");
  if (delay !== undefined && !(/^\d+$/.test(delay) && Number(delay) <= LONGEST_DELAY)) {
    throw impossible("delay", delay, `a number of milliseconds up to ${LONGEST_DELAY}`);
  }
  if (fault !== undefined && !isFault(fault)) throw impossible("fault", fault, `one of ${FAULTS.join(", ")}`);
  return { delay: delay === undefined ? undefined : Number(delay), fault };
}

function impossible(name: string, value: string, wanted: string) {
  return refuse(400, "prefer", `Prefer: ${name}=${value} has to be ${wanted}.`);
}
