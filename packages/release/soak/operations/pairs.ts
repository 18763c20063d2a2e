import type { Json } from "@dots-payouts/openapi";
import fc from "fast-check";
import type { Answer, Body, Model, OperationPair, Parameter, Writing } from "./model.ts";

const NAMES = ["a", "b"] as const;
const STATUSES = ["200", "201", "2XX", "400", "404", "4XX", "5XX", "default"] as const;
const TYPES = ["application/json", "application/problem+json", "text/plain"] as const;

const scalar = fc.constantFrom<Json>(
  {},
  { type: "string" },
  { type: "string", maxLength: 1 },
  { type: "integer" },
  { type: "integer", minimum: 1 },
  { type: "boolean" },
  { enum: ["a", "b"] },
  { enum: ["a"] },
);

const list = fc.constantFrom<Json>(
  { type: "array", items: { type: "integer" } },
  { type: "array", items: { type: "string" } },
  { type: "array", items: { type: "string" }, maxItems: 1 },
);

const object = fc
  .record({
    properties: fc.dictionary(fc.constantFrom(...NAMES), scalar, { maxKeys: 2 }),
    required: fc.subarray([...NAMES], { maxLength: 1 }),
    closed: fc.boolean(),
  })
  .map(
    ({ properties, required, closed }): Json => ({
      type: "object",
      properties,
      required: required.filter((name) => Object.hasOwn(properties, name)),
      ...(closed ? { additionalProperties: false } : {}),
    }),
  );

const schema = fc.oneof(object, object, scalar);
const content = fc.dictionary(fc.constantFrom(...TYPES), schema, { maxKeys: 2 });

const parameter: fc.Arbitrary<Parameter> = fc.record({
  name: fc.constantFrom(...NAMES),
  in: fc.constantFrom("query", "query", "header", "cookie"),
  required: fc.boolean(),
  schema: fc.oneof(scalar, scalar, list),
  explode: fc.constantFrom(undefined, undefined, true, false),
});

/** Each route has one, and it is always required. */
const pathParameter: fc.Arbitrary<Parameter> = scalar.map((one) => ({
  name: "id",
  in: "path",
  required: true,
  schema: one,
  explode: undefined,
}));

const body: fc.Arbitrary<Body> = fc.record({
  required: fc.boolean(),
  content: fc.dictionary(fc.constantFrom(...TYPES), schema, { minKeys: 1, maxKeys: 2 }),
});

const answer: fc.Arbitrary<Answer> = fc.record({
  content,
  headers: fc.dictionary(
    fc.constantFrom("X-A", "X-B"),
    fc.record({ required: fc.boolean(), schema: scalar }),
    { maxKeys: 2 },
  ),
});

const scopes = fc.subarray(["read", "write"]);
const way = fc.oneof(
  fc.constantFrom<Record<string, string[]>>({}, { k: [] }, { b: [] }, { k: [], b: [] }),
  scopes.map((o): Record<string, string[]> => ({ o })),
  scopes.map((o): Record<string, string[]> => ({ o, k: [] })),
);

const model: fc.Arbitrary<Model> = fc.record({
  parameters: fc
    .tuple(
      pathParameter,
      fc.uniqueArray(parameter, { maxLength: 3, selector: ({ name, in: place }) => `${place} ${name}` }),
    )
    .map(([first, others]) => [first, ...others]),
  body: fc.option(body, { nil: undefined }),
  answers: fc.dictionary(fc.constantFrom(...STATUSES), answer, { minKeys: 1, maxKeys: 4 }),
  security: fc.uniqueArray(way, { maxLength: 2, selector: (one) => JSON.stringify(one) }),
  otherKey: fc.boolean(),
  servers: fc.uniqueArray(fc.constantFrom("https://one.test", "https://two.test", "https://three.test"), {
    minLength: 1,
    maxLength: 2,
  }),
  key: fc.constantFrom<Record<string, Json> | undefined>(
    undefined,
    { at: "/a" },
    { at: "/b" },
    { at: "/a", lifetime: "PT24H" },
    { at: "/a", lifetime: "PT12H" },
    { at: "/a", scope: ["client"] },
  ),
  odd: fc.option(
    fc.record({
      at: fc.constantFrom("operation", "body", "answer", "path"),
      value: fc.integer({ min: 1, max: 2 }),
    }),
    { nil: undefined, freq: 1 },
  ),
});

const writing: fc.Arbitrary<Writing> = fc.record({
  event: fc.constant(false),
  byReference: fc.boolean(),
  parametersAtPath: fc.boolean(),
  securityAtDocument: fc.boolean(),
  serversAt: fc.constantFrom("document", "path", "operation"),
  backwards: fc.boolean(),
});

/** An operation, and the result of one edit, rarely two: a second one may hide the report of the first. */
export const operationPair: fc.Arbitrary<OperationPair> = fc
  .record({
    before: model,
    other: model,
    edits: fc.array(fc.nat(), { minLength: 1, maxLength: 2, size: "xsmall" }),
    one: writing,
    two: writing,
    rewritten: fc.boolean(),
    event: fc.nat(3).map((number) => number === 0),
  })
  .map(({ before, other, edits, one, two, rewritten, event }) => ({
    before,
    after: edits.reduce((edited, number) => edit(edited, other, number), before),
    writing: [
      { ...one, event },
      // The client chooses among the document's servers, so their place has a meaning.
      { ...(rewritten ? two : one), serversAt: one.serversAt, event },
    ],
  }));

/** Takes one part of another operation, changes one, or removes one. */
function edit(now: Model, other: Model, number: number): Model {
  const pick = Math.floor(number / 16);
  switch (number % 16) {
    case 0:
    case 1:
      return { ...now, parameters: withEntry(now.parameters, other.parameters, pick) };
    case 2:
      return {
        ...now,
        parameters: now.parameters.filter(
          (_, index) => index !== 1 + (pick % Math.max(1, now.parameters.length - 1)),
        ),
      };
    case 3:
    case 4:
      return { ...now, parameters: now.parameters.map((one, index) => changed(one, other, index, pick)) };
    case 5:
      return { ...now, body: other.body };
    case 6:
      return now.body === undefined
        ? { ...now, body: other.body }
        : { ...now, body: { ...now.body, required: !now.body.required } };
    case 7:
      return now.body === undefined
        ? now
        : { ...now, body: { ...now.body, content: { ...now.body.content, ...other.body?.content } } };
    case 8:
    case 9:
      return { ...now, answers: { ...now.answers, ...some(other.answers, pick) } };
    case 10:
      return { ...now, answers: { ...other.answers, ...some(now.answers, pick) } };
    case 11:
    case 12:
      return { ...now, security: other.security };
    case 13:
      return { ...now, servers: other.servers };
    case 14:
      return pick % 2 === 0 ? { ...now, key: other.key } : { ...now, otherKey: other.otherKey };
    default:
      return { ...now, odd: other.odd };
  }
}

/** The path's own parameter stays first. */
function withEntry(
  own: readonly Parameter[],
  others: readonly Parameter[],
  pick: number,
): readonly Parameter[] {
  const added = others[1 + (pick % Math.max(1, others.length - 1))];
  if (added === undefined) return own;
  const kept = own.filter(({ name, in: place }) => name !== added.name || place !== added.in);
  return [...kept, added];
}

function changed(one: Parameter, { parameters }: Model, index: number, pick: number): Parameter {
  if (index !== pick % 2) return one;
  const from = parameters[index];
  const isPath = one.in === "path";
  switch (Math.floor(pick / 2) % 3) {
    case 0:
      return isPath ? one : { ...one, required: !one.required };
    case 1:
      return { ...one, schema: from?.schema ?? {} };
    default:
      return isPath ? one : { ...one, explode: from?.explode };
  }
}

function some<T>(entries: Readonly<Record<string, T>>, pick: number): Record<string, T> {
  const all = Object.entries(entries);
  return Object.fromEntries(all.slice(pick % all.length, (pick % all.length) + 1));
}
