import { randomUUID } from "node:crypto";
import {
  bodyContent,
  formValues,
  formWriter,
  getAt,
  isForm,
  type Json,
  keywordValues,
  type MediaType,
  type OpenApiDocument,
  type Operation,
  plainSamples,
} from "@dots-payouts/openapi";
import type { SchemaError, Schemas } from "../schema/validators.ts";
import { complete, insertValue } from "../values/complete.ts";
import { same } from "../values/difference.ts";
import { type Field, listFields, partsAt, replaceAt, without } from "../values/fields.ts";

import { type GivenValues, withGivenValues } from "./given-values.ts";
import type { Spec } from "./spec.ts";

/** The body that an operation takes: JSON, or else a form. */
export interface TestedBody {
  readonly media: MediaType;
  /** JSON Pointer into the spec. */
  readonly schema: string;
  readonly required: boolean;
  readonly isForm: boolean;
  /** A body as it is sent; `undefined` if a form can't contain it. */
  write(body: Json): string | undefined;
  /** Whether a body means the same to every server: in a form, `5` may be a number or a string. */
  isClear(body: Json): boolean;
  readonly fields: readonly Field[];
  /** The smallest valid bodies: one for each alternative that the spec allows. Never empty. */
  readonly smallest: readonly [Json, ...Json[]];
  /** The rules that a body breaks. */
  errors(body: Json): SchemaError[];
  /** A copy of a body with a new idempotency key, if it has one. */
  fresh(body: Json): Json;
  /** A copy of a body with this idempotency key. */
  withKey(body: Json, key: Json): Json;
  /** Whether the request makes the server message a person (`x-delivers`). */
  delivers(body: Json): boolean;
  /** A copy of a body with an idempotency key removed. */
  withoutKey(body: Json): Json;
  /** A small valid body with a given value at a place; `undefined` if there is none. */
  bodyWithGiven(pointer: string, value: Json): Json | undefined;
  /** Whether a value is one of those given for a place. */
  isGiven(pointer: string, value: Json): boolean;
}

export function testedBody(
  spec: Spec,
  schemas: Schemas,
  operation: Operation,
  given: GivenValues,
): TestedBody | undefined {
  const media = bodyContent(operation.requestBody?.content ?? []);
  const schema = media?.schema;
  if (media === undefined || schema === undefined) return undefined;
  const fields = withGivenValues(listFields(spec.document, schema), given);
  const { write, read } = mediaOf(spec.document, media);
  const errors = (body: Json): SchemaError[] => schemas.errors(schema, read(body));
  const required = operation.requestBody?.required === true;
  const isClear = (body: Json): boolean => {
    const text = write(body);
    const isBroken = errors(body).length > 0;
    // An empty form is the same as no body.
    return text === "" ? required && isBroken : text !== undefined && (isBroken || same(read(body), body));
  };
  const found = smallestBodies(spec.document, { media, schema }, fields, errors).filter(isClear);
  const filled =
    found.length > 0
      ? undefined
      : [...plainSamples(spec.document, schema)].find((body) => errors(body).length === 0 && isClear(body));
  const [first, ...others] = filled === undefined ? found : [filled];
  if (first === undefined) return undefined;
  const key = operation.idempotencyKey?.pointer;
  const withKey = (body: Json, value: Json): Json => (key === undefined ? body : replaceAt(body, key, value));
  return {
    media,
    schema,
    required,
    fields,
    smallest: [first, ...others],
    isForm: isForm(media.type),
    write,
    isClear,
    errors,
    withKey,
    delivers: deliversWhen(spec, schema, fields),
    withoutKey: (body) => (key === undefined ? body : without(body, key)),
    isGiven: (pointer, value) =>
      given.get(pointer)?.some((known) => JSON.stringify(known) === JSON.stringify(value)) === true,
    bodyWithGiven(pointer, value) {
      const inserted = insertValue(first, fields, pointer, value);
      const whole = inserted === undefined ? undefined : complete(inserted, fields, errors);
      return whole !== undefined && same(getAt(whole, pointer), value) ? whole : undefined;
    },
    fresh(body) {
      const current = key === undefined ? undefined : getAt(body, key);
      return typeof current === "string" ? withKey(body, freshKey(current)) : body;
    },
  };
}

/** How bodies of a media type are written, and what a server reads from them: a form only contains strings. */
function mediaOf(document: OpenApiDocument, media: MediaType) {
  if (!isForm(media.type)) return { write: (body: Json) => JSON.stringify(body), read: (body: Json) => body };
  const write = formWriter(document, media);
  const valuesOf = formValues(document, media);
  const read = (body: Json): Json => {
    const text = write(body);
    return text === undefined ? body : valuesOf(text);
  };
  return { write, read };
}

/** The smallest bodies, one for each alternative; the named examples, or a plain sample, if none can be made. */
function smallestBodies(
  document: OpenApiDocument,
  { media, schema }: { readonly media: MediaType; readonly schema: string },
  fields: readonly Field[],
  errors: (body: Json) => SchemaError[],
): readonly Json[] {
  const bodies = new Map<string, Json>();
  for (let choice = 0; choice < 4; choice += 1) {
    const body = complete({}, fields, errors, choice);
    if (body !== undefined) bodies.set(JSON.stringify(body), body);
  }
  // Those that refer to nothing that must already exist come first.
  const named = (body: Json): number => JSON.stringify(body).match(UUIDS)?.length ?? 0;
  if (bodies.size > 0) return [...bodies.values()].toSorted((one, other) => named(one) - named(other));
  const isValid = (value: Json): boolean => errors(value).length === 0;
  const examples = media.examples.map((example) => example.value).filter(isValid);
  const [plain] = examples.length > 0 ? [] : [...plainSamples(document, schema)].filter(isValid);
  return plain === undefined ? examples : [plain];
}

/** `x-delivers` says that any value at a place, or one of a list, makes the server message a person. */
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

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const UUIDS = /"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"/gi;

/** A new key of the same kind: a UUID keeps its version and case. Other strings stay unchanged. */
function freshKey(like: string): string {
  if (!UUID.test(like)) return like;
  const uuid = randomUUID();
  const versioned = `${uuid.slice(0, 14)}${like.charAt(14)}${uuid.slice(15)}`;
  return like === like.toLowerCase() ? versioned : versioned.toUpperCase();
}
