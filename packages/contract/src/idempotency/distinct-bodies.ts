import { getAt, type Json } from "@dots-payouts/openapi";
import type { TestedBody } from "../suite/tested-body.ts";
import type { TestedOperation } from "../suite/tested-operation.ts";
import type { TestedSuccess } from "../suite/tested-success.ts";
import { complete, insertValue } from "../values/complete.ts";
import { sample } from "../values/sample.ts";

/** How many requests with different keys run at once. */
const COUNT = 50;

/**
 * Valid bodies that differ in an echoed value (`x-echo`), so that their answers can be told apart. The same body for
 * all if nothing is echoed.
 */
export function distinctBodies({ body, success }: TestedOperation): readonly Json[] {
  if (body === undefined || success === undefined) return [];
  const found = known.get(body) ?? makeDistinct(body, success, COUNT);
  known.set(body, found);
  return found;
}

// They are the same in each run, and each must be made valid.
const known = new WeakMap<TestedBody, readonly Json[]>();

function makeDistinct(body: TestedBody, success: TestedSuccess, count: number): Json[] {
  const [start] = body.smallest;
  const errors = (value: Json) => body.errors(value);
  const mark = (value: (index: number) => Json, pointer: string, response: string): Json[] | undefined => {
    const bodies = Array.from({ length: count }, (_, index) => {
      const found = insertValue(start, body.fields, pointer, value(index));
      return found === undefined ? undefined : complete(found, body.fields, errors);
    });
    const kept = bodies.filter(
      (found, index): found is Json =>
        found !== undefined &&
        getAt(found, pointer) === value(index) &&
        !body.delivers(found) === !body.delivers(start) &&
        success.allows(response, value(index)),
    );
    return kept.length === count ? kept : undefined;
  };
  for (const { request, response } of success.echo) {
    const found = mark((index) => `contract suite, number ${index}`, request, response);
    if (found !== undefined) return found;
  }
  for (const { request, response } of success.echo) {
    const field = body.fields.find(({ pointer }) => pointer === request);
    const least = field === undefined ? undefined : sample(field.parts);
    const found = typeof least === "number" ? mark((index) => least + index, request, response) : undefined;
    if (found !== undefined) return found;
  }
  return Array.from({ length: count }, () => start);
}
