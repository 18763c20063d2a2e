import { memoizeByObject, pathOf } from "@dots-payouts/openapi";
import { type BrokenPromise, noAnswer } from "../expectations/broken-promise.ts";
import { expectNoTrace } from "../expectations/expect-alive.ts";
import { type Exchange, isAnswer } from "../http/request.ts";
import { smallestRequest } from "../requests/make-request.ts";
import type { Spec } from "../suite/spec.ts";
import type { Suite } from "../suite/suite.ts";
import type { TestedOperation } from "../suite/tested-operation.ts";
import { type Check, named } from "./check.ts";

/** Methods that a server may support on any path. */
const METHODS = ["GET", "PUT", "POST", "PATCH", "DELETE"];

/** A path that no server has. */
const UNKNOWN = "contract-suite-unknown";

/** Undocumented methods and paths are refused. */
export function undocumentedChecks(suite: Suite, tested: TestedOperation): Check[] {
  return [...methodChecks(suite, tested), ...unknownPathChecks(suite, tested)];
}

/** Methods that a path does not have. */
function methodChecks(suite: Suite, tested: TestedOperation): Check[] {
  const { operation } = tested;
  const there = suite.operations
    .filter((other) => other.operation.path === operation.path)
    .map((other) => other.operation.method);
  // Each path is tried once, with its first operation.
  if (there[0] !== operation.method) return [];
  return METHODS.filter((method) => !there.includes(method)).map((method) => ({
    ...named(operation.id, "survives", `method-${method.toLowerCase()}`, `refuses the method ${method}`),
    place: operation.pointer,
    creates: 0,
    async run(context) {
      const right = smallestRequest(suite, tested);
      const { body: _, ...bare } = right;
      const exchange = await context.server.send({ ...(method === "GET" ? bare : right), method });
      return expectNothingThere(tested, exchange, `the method ${method}`, there);
    },
  }));
}

function unknownPathChecks(suite: Suite, tested: TestedOperation): Check[] {
  const below = `${tested.operation.path}/${UNKNOWN}`.split("/");
  const isKnown = pathsByLength(suite.spec)
    .get(below.length)
    ?.some((segments) => segments.every((one, at) => one.includes("{") || one === below[at]));
  return isKnown ? [] : [unknownPathCheck(suite, tested)];
}

/** The segments of all paths by their number: the path of each operation is compared with all others. */
const pathsByLength = memoizeByObject(({ operations }: Spec) => {
  const found = new Map<number, string[][]>();
  for (const path of new Set(operations.map((operation) => operation.path))) {
    const segments = path.split("/");
    const others = found.get(segments.length);
    if (others === undefined) found.set(segments.length, [segments]);
    else others.push(segments);
  }
  return found;
});

function unknownPathCheck(suite: Suite, tested: TestedOperation): Check {
  const { operation } = tested;
  return {
    ...named(operation.id, "survives", "unknown-path", "refuses a path that is not documented"),
    place: operation.pointer,
    creates: 0,
    async run(context) {
      const right = smallestRequest(suite, tested);
      const exchange = await context.server.send({
        ...right,
        path: `${pathOf(right.path)}/${UNKNOWN}`,
      });
      return expectNothingThere(tested, exchange, "an undocumented path", undefined);
    },
  };
}

/** @param methods the existing methods, which `allow` must name (RFC 9110 §15.5.6) */
function expectNothingThere(
  tested: TestedOperation,
  exchange: Exchange,
  words: string,
  methods: readonly string[] | undefined,
): BrokenPromise[] {
  const { outcome } = exchange;
  const place = tested.operation.pointer;
  const expected = `${words}: refused with 4xx`;
  if (!isAnswer(outcome)) return [noAnswer(exchange, expected, place)];
  if (outcome.status < 400 || outcome.status >= 500) {
    const cause = `${words} is answered with ${outcome.status}`;
    const broader = { cause: "what is not documented is not refused", from: "many" } as const;
    return [{ severity: "form", cause, broader, expected, place, exchanges: [exchange] }];
  }
  if (outcome.status === 405 && methods !== undefined) {
    const allowed = (outcome.headers["allow"] ?? "").toUpperCase().split(/\s*,\s*/);
    if (!methods.every((method) => allowed.includes(method))) {
      const cause =
        outcome.headers["allow"] === undefined
          ? "405 without Allow"
          : "Allow of a 405 does not list the existing methods";
      return [
        {
          severity: "form",
          cause,
          expected: `a 405 has the Allow header: ${methods.join(", ")} (RFC 9110 §15.5.6)`,
          place,
          exchanges: [exchange],
        },
      ];
    }
  }
  return expectNoTrace(exchange, place);
}
