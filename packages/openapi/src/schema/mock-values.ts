import { DocumentError, type OpenApiDocument } from "../document/document.ts";
import { Extension } from "../document/extension.ts";
import { isObject, type Json } from "../json/json.ts";
import { formatPointer } from "../json/pointer.ts";
import { markedProperties } from "./schema-parts.ts";

/** What the mock does for a special value in a request (`x-mock`). Not a fact about the API. */
export interface MockEffect {
  readonly summary: string;
  /** The request is refused with this status, in the documented form, and nothing is carried out. */
  readonly answer:
    | { readonly status: number; readonly headers: Readonly<Record<string, string>> }
    | undefined;
  /** The moves that the created resource makes automatically, one after the other. */
  readonly moves: readonly string[];
}

/** A value in a request that the mock reacts to. */
export interface MockValue {
  /** JSON Pointer into the request body. */
  readonly pointer: string;
  readonly value: string;
  readonly effect: MockEffect;
}

/** Reads `x-mock`: effects by value. @throws DocumentError below `place` where it can't be read. */
export function readMockEffects(node: Json | undefined, place: string): ReadonlyMap<string, MockEffect> {
  if (!isObject(node)) throw new DocumentError(place, "an object with effects by value is needed");
  return new Map(
    Object.entries(node).map(([value, effect]) => [
      value,
      readEffect(effect, place + formatPointer([value])),
    ]),
  );
}

function readEffect(node: Json, place: string): MockEffect {
  const effect = new Extension(node, place, ["summary", "answer", "moves"]);
  if (effect.has("answer") === effect.has("moves")) {
    throw new DocumentError(place, "either answer or moves is needed");
  }
  return {
    summary: effect.text("summary"),
    answer: effect.has("answer") ? readAnswer(effect.node["answer"], effect.at("answer")) : undefined,
    moves: effect.texts("moves"),
  };
}

function readAnswer(node: Json | undefined, place: string): MockEffect["answer"] {
  const answer = new Extension(node, place, ["status", "headers"]);
  const status = answer.count("status", 400);
  if (status > 599) answer.refuse("status", "the status of a refusal");
  const headers = answer.entries("headers").map(({ name, node: value, place: at }): [string, string] => {
    if (typeof value !== "string") throw new DocumentError(at, "a string is needed");
    return [name.toLowerCase(), value];
  });
  return { status, headers: Object.fromEntries(headers) };
}

/** The special values in the request body that the schema at `pointer` describes. */
export function listMockValues(document: OpenApiDocument, pointer: string): MockValue[] {
  return markedProperties(document, pointer, "x-mock").flatMap(({ pointer: at, node, place }) =>
    [...readMockEffects(node, place)].map(([value, effect]) => ({ pointer: at, value, effect })),
  );
}
