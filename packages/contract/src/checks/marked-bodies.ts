import { getAt, type Json } from "@dots-payouts/openapi";
import type { Subject } from "../suite/subject.ts";
import { complete, insertValue } from "../values/complete.ts";
import { sample } from "../values/sample.ts";

/**
 * Valid bodies that differ in a value which comes back (`x-echo`), so that each answer can be told from the others.
 * The same body for all where nothing comes back.
 */
export function markedBodies(subject: Subject, count: number): Json[] {
  const { body, success } = subject;
  if (body === undefined || success === undefined) return [];
  const [start] = body.smallest;
  const faults = (value: Json) => body.faults(value);
  const mark = (value: (index: number) => Json, pointer: string, response: string): Json[] | undefined => {
    const bodies = Array.from({ length: count }, (_, index) => {
      const marked = insertValue(start, body.fields, pointer, value(index));
      return marked === undefined ? undefined : complete(marked, body.fields, faults);
    });
    const kept = bodies.filter(
      (marked, index): marked is Json =>
        marked !== undefined &&
        getAt(marked, pointer) === value(index) &&
        !body.delivers(marked) === !body.delivers(start) &&
        success.allows(response, value(index)),
    );
    return kept.length === count ? kept : undefined;
  };
  for (const { request, response } of success.echo) {
    const marked = mark((index) => `contract suite, number ${index}`, request, response);
    if (marked !== undefined) return marked;
  }
  for (const { request, response } of success.echo) {
    const field = body.fields.find(({ pointer }) => pointer === request);
    const least = field === undefined ? undefined : sample(field.parts);
    const marked = typeof least === "number" ? mark((index) => least + index, request, response) : undefined;
    if (marked !== undefined) return marked;
  }
  return Array.from({ length: count }, () => start);
}
