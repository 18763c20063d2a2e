import { readFileSync } from "node:fs";
import { formatPointer, isObject, type Json, type JsonObject } from "@dots-payouts/openapi";
import { CannotRun } from "../errors/cannot-run.ts";
import type { Field } from "../values/fields.ts";
import { GIVEN } from "../values/sample.ts";

/** Values that exist on the server, by JSON Pointer into the request body: users, phones, amounts. */
export type GivenValues = ReadonlyMap<string, readonly Json[]>;

/**
 * Reads the option `values`: the path of a JSON file, or its content.
 * @throws CannotRun if it cannot be read
 */
export function readGivenValues(values: string | object | undefined): GivenValues {
  if (values === undefined) return new Map();
  const name = typeof values === "string" ? values : "that were given";
  const json: Json = typeof values === "string" ? readJson(values) : JSON.parse(JSON.stringify(values));
  if (!isObject(json)) {
    throw new CannotRun(`the values ${name} are not an object with JSON Pointers: {"/customer": ["…"]}`);
  }
  const given = new Map<string, Json[]>();
  const add = (pointer: string, value: Json): void => {
    if (!isObject(value)) {
      given.set(pointer, [...(given.get(pointer) ?? []), value]);
      return;
    }
    for (const [key, child] of Object.entries(value)) add(pointer + formatPointer([key]), child);
  };
  for (const [pointer, value] of Object.entries(json)) {
    for (const one of Array.isArray(value) ? value : [value]) add(pointer, one);
  }
  return given;
}

function readJson(file: string): Json {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    const reason = error instanceof SyntaxError ? "is not JSON" : "cannot be read";
    throw new CannotRun(`the values ${file}: this file ${reason}`);
  }
}

/** Fields whose samples are the values given for them. */
export function withGivenValues(fields: readonly Field[], given: GivenValues): readonly Field[] {
  return fields.map((field) => {
    const values = given.get(field.pointer);
    const part: JsonObject = { [GIVEN]: [...(values ?? [])] };
    return values === undefined ? field : { ...field, parts: [part, ...field.parts] };
  });
}
