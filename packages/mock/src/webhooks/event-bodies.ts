import {
  type Event,
  getAt,
  isObject,
  type Json,
  listEvents,
  listProperties,
  memoizeByObject,
  type OpenApiDocument,
  setAt,
} from "@dots-payouts/openapi";
import { wrong } from "../checked-values.ts";
import type { Fired } from "../life/fired.ts";
import type { Life, Lives } from "../spec/lives.ts";
import { kindOf } from "../store/owner.ts";

/** Which of the documented bodies is sent, if there are two: the current or the proposed one. */
export type EventShape = "published" | "proposed";

/** @throws MockError that names the option */
export function shapeOf(name: string, value: unknown): EventShape {
  if (value === "published" || value === "proposed") return value;
  throw wrong(name, "published or proposed", value);
}

const eventsOf = memoizeByObject(
  (document: OpenApiDocument): ReadonlyMap<string, Event> =>
    new Map(listEvents(document).map((event) => [event.name, event])),
);

/**
 * The body of an event, in the form of its documented example; `undefined` if the document has none.
 */
export function eventBody(
  document: OpenApiDocument,
  lives: Lives,
  { event: name, kept }: Fired,
  shape: EventShape,
): Json | undefined {
  const event = eventsOf(document).get(name);
  const examples = event?.request.requestBody?.content.flatMap((media) => media.examples) ?? [];
  const example = (examples.find((known) => known.name === shape) ?? examples[0])?.value;
  const life = lives.get(kindOf(kept.owner));
  if (event === undefined || example === undefined || life === undefined) return undefined;
  const { about } = event;
  const id = about.of === undefined ? kept.id : getAt(kept.resource, about.of.at);
  const whole = about.resource.find((pointer) => holdsResource(example, pointer, life));
  const body = withResource(document, life, example, whole, kept.resource);
  return about.id
    .filter((pointer) => getAt(example, pointer) !== undefined)
    .reduce<Json>((told, pointer) => setAt(told, pointer, id ?? kept.id), body);
}

/** Whether the example has the whole resource at a place, not only its ID. */
function holdsResource(example: Json, pointer: string, life: Life): boolean {
  return getAt(example, pointer + life.id) !== undefined;
}

function withResource(
  document: OpenApiDocument,
  { cycle }: Life,
  example: Json,
  whole: string | undefined,
  resource: Json,
): Json {
  if (!isObject(example) || !isObject(resource)) return example;
  if (whole === "") {
    const own = new Set(listProperties(document, cycle.schema).map(({ name }) => name));
    const others = Object.entries(example).filter(([name]) => !own.has(name));
    return { ...Object.fromEntries(others), ...resource };
  }
  // Replace the resource's values next to the ID with those of this resource.
  const told = Object.entries(example).map(([name, value]) => [
    name,
    isObject(value) || !Object.hasOwn(resource, name) ? value : (resource[name] ?? value),
  ]);
  const body: Json = Object.fromEntries(told);
  return whole === undefined ? body : setAt(body, whole, resource);
}
