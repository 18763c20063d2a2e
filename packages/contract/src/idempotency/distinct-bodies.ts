import { getAt, type Json } from "@dots-payouts/openapi";
import type { TestedOperation } from "../suite/tested-operation.ts";
import { complete, insertValue } from "../values/complete.ts";
import { sample } from "../values/sample.ts";

/**
 * Valid bodies that differ in a value which comes back (`x-echo`), so that each answer can be told from the others.
 * The same body for all where nothing comes back.
 */
export function distinctBodies(tested: TestedOperation, count: number): Json[] {
  const { body, success } = tested;
  if (body === undefined || success === undefined) return [];
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
