import { randomUUID } from "node:crypto";
import {
  type Echo,
  type GeneratedValue,
  getAt,
  isObject,
  type Json,
  jsonContent,
  keywordValues,
  listGeneratedValues,
  type MediaType,
  memoize,
  memoizeByObject,
  type Operation,
  type Response,
  responseFor,
  schemasAt,
  successResponses,
} from "@dots-payouts/openapi";
import { listRules } from "../schema/rules.ts";
import { type SchemaError, type Schemas, schemasOf } from "../schema/validators.ts";
import { complete } from "../values/complete.ts";
import { type Field, listFields, partsAt, replaceAt, without } from "../values/fields.ts";
import type { Spec } from "./spec.ts";

/** An operation under test: what the spec says of it, gathered once for all checks. */
export interface TestedOperation {
  readonly operation: Operation;
  /** A number of its own, by which its random values differ from those of others. */
  readonly number: number;
  /** The JSON body that the operation takes, where it takes one. */
  readonly body: TestedBody | undefined;
  /** The documented responses of success. */
  readonly successes: readonly Response[];
  /** The first of them that has a JSON body. */
  readonly success: TestedSuccess | undefined;
  /** The documentation of a status: the exact one, else its range, else `default`. */
  documented(status: number): Response | undefined;
  /** The rules of a response's schema that the JSON of an answer breaks. Notes what it puts to the test. */
  answerErrors(response: Response, media: MediaType, value: Json): SchemaError[];
  /** For each documented status that came, the places of the rules that its answers have put to the test. */
  readonly answered: ReadonlyMap<string, ReadonlySet<string>>;
}

export interface TestedBody {
  readonly media: MediaType;
  /** JSON Pointer into the spec. */
  readonly schema: string;
  readonly required: boolean;
  readonly fields: readonly Field[];
  /** The smallest valid bodies: one for each alternative that the spec leaves. Never empty. */
  readonly smallest: readonly [Json, ...Json[]];
  /** The rules that a body breaks. */
  errors(body: Json): SchemaError[];
  /** A copy of a body in which the idempotency key, where there is one, was never used before. */
  fresh(body: Json): Json;
  /** A copy of a body with this idempotency key. */
  withKey(body: Json, key: Json): Json;
  /** Whether the request makes the server write to a person (`x-delivers`). */
  delivers(body: Json): boolean;
  /** A copy of a body with an idempotency key removed. */
  withoutKey(body: Json): Json;
}

export interface TestedSuccess {
  readonly response: Response;
  readonly media: MediaType;
  readonly echo: readonly Echo[];
  readonly generated: readonly GeneratedValue[];
  /** Whether the schema allows a value at a place: what it does not allow there is not echoed. */
  allows(pointer: string, value: Json): boolean;
  /** The names of the properties that the spec describes at a place; none where anything goes. */
  describedAt(pointer: string): ReadonlySet<string>;
}

/** What the checks need to know of each operation of a spec. The run notes in it what its answers put to the test. */
export function testedOperations(spec: Spec): TestedOperation[] {
  return described(spec).map((operation) => noteAnswers(spec, operation));
}

type Described = Omit<TestedOperation, "answerErrors" | "answered">;

// Nothing in it hangs on the run, and to find the smallest bodies takes a while.
const described = memoizeByObject((spec: Spec): readonly Described[] => {
  const schemas = schemasOf(spec.document);
  return spec.operations.map((operation) => {
    const successes = successResponses(operation.responses);
    return {
      operation,
      number: [...operation.id].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) | 0, 7),
      body: describeBody(spec, schemas, operation),
      successes,
      success: describeSuccess(spec, schemas, successes),
      documented: (status: number) => responseFor(operation.responses, status),
    };
  });
});

function noteAnswers(spec: Spec, operation: Described): TestedOperation {
  const answered = new Map<string, Set<string>>();
  const schemas = schemasOf(spec.document);
  const rulesFor = rulesByShape(spec);
  return {
    ...operation,
    answered,
    answerErrors(response, { schema }, value) {
      const rules = answered.get(response.status) ?? new Set();
      answered.set(response.status, rules);
      if (schema === undefined) return [];
      for (const place of rulesFor(schema, value)) rules.add(place);
      return schemas.errors(schema, value);
    },
  };
}

/** The places of the rules that a schema has for a value. Values of one shape have the same, and most are of one. */
function rulesByShape({ document }: Spec): (schema: string, value: Json) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  return (schema, value) => {
    const shape = `${schema} ${shapeOf(value)}`;
    const places = known.get(shape) ?? listRules(document, schema, value).map(({ place }) => place);
    known.set(shape, places);
    return places;
  };
}

function shapeOf(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(shapeOf).join()}]`;
  if (!isObject(value)) return "";
  const names = Object.entries(value).map(([name, child]) => `${JSON.stringify(name)}${shapeOf(child)}`);
  return `{${names.join()}}`;
}

function describeBody(spec: Spec, schemas: Schemas, operation: Operation): TestedBody | undefined {
  const media = jsonContent(operation.requestBody?.content ?? []);
  const schema = media?.schema;
  if (media === undefined || schema === undefined) return undefined;
  const fields = listFields(spec.document, schema);
  const errors = (body: Json): SchemaError[] => schemas.errors(schema, body);
  const found = smallestBodies(media, fields, errors);
  const [first, ...others] = found;
  if (first === undefined) return undefined;
  const key = operation.idempotencyKey?.pointer;
  const withKey = (body: Json, value: Json): Json => (key === undefined ? body : replaceAt(body, key, value));
  return {
    media,
    schema,
    required: operation.requestBody?.required === true,
    fields,
    smallest: [first, ...others],
    errors,
    withKey,
    delivers: deliversWhen(spec, schema, fields),
    withoutKey: (body) => (key === undefined ? body : without(body, key)),
    fresh(body) {
      const current = key === undefined ? undefined : getAt(body, key);
      return typeof current === "string" ? withKey(body, freshKey(current)) : body;
    },
  };
}

/** The smallest bodies, one for each alternative; the named examples where none can be made. */
function smallestBodies(
  media: MediaType,
  fields: readonly Field[],
  errors: (body: Json) => SchemaError[],
): readonly Json[] {
  const bodies = new Map<string, Json>();
  for (let choice = 0; choice < 4; choice += 1) {
    const body = complete({}, fields, errors, choice);
    if (body !== undefined) bodies.set(JSON.stringify(body), body);
  }
  if (bodies.size > 0) return [...bodies.values()];
  return media.examples.map((example) => example.value).filter((value) => errors(value).length === 0);
}

/** `x-delivers` says of a place that any value, or one of a list, makes the server write to a person. */
function deliversWhen(spec: Spec, schema: string, fields: readonly Field[]): (body: Json) => boolean {
  const places = [{ pointer: "", parts: partsAt(spec.document, [schema]) }, ...fields];
  const rules = places.flatMap(({ pointer, parts }) =>
    keywordValues(parts, "x-delivers").map((rule) => ({ pointer, rule })),
  );
  return (body) =>
    rules.some(({ pointer, rule }) => {
      const value = getAt(body, pointer);
      return value !== undefined && (Array.isArray(rule) ? rule.includes(value) : rule === true);
    });
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A new key of the same kind: version and case of a UUID stay, other texts get a tail. Texts that are short stay. */
function freshKey(like: string): string {
  if (!UUID.test(like)) return like;
  const uuid = randomUUID();
  const versioned = `${uuid.slice(0, 14)}${like.charAt(14)}${uuid.slice(15)}`;
  return like === like.toLowerCase() ? versioned : versioned.toUpperCase();
}

function describeSuccess(
  spec: Spec,
  schemas: Schemas,
  successes: readonly Response[],
): TestedSuccess | undefined {
  for (const response of successes) {
    const media = jsonContent(response.content);
    if (media?.schema === undefined) continue;
    // What belongs to a nested object was made when that was: a fresh value is promised of the resource itself.
    const generated = listGeneratedValues(spec.document, media.schema).filter(
      ({ pointer }) => pointer.lastIndexOf("/") === 0,
    );
    return {
      response,
      media,
      echo: response.echo,
      generated,
      ...describePlaces(spec, schemas, media.schema),
    };
  }
  return undefined;
}

/** What a response's schema says of places in it, looked up once for each. */
function describePlaces(
  spec: Spec,
  schemas: Schemas,
  schema: string,
): Pick<TestedSuccess, "allows" | "describedAt"> {
  const at = memoize((pointer: string) => schemasAt(spec.document, schema, pointer));
  return {
    allows: (pointer, value) => {
      const places = at(pointer).map((place) => place.pointer);
      // A branch counts with the schema that it belongs to.
      const roots = places.filter((place) => !places.some((other) => place.startsWith(`${other}/`)));
      return roots.every((place) => schemas.errors(place, value).length === 0);
    },
    describedAt: (pointer) =>
      new Set(
        at(pointer).flatMap(({ node }) =>
          isObject(node["properties"]) ? Object.keys(node["properties"]) : [],
        ),
      ),
  };
}
