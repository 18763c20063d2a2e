import {
  formatPointer,
  getAt,
  isObject,
  type Json,
  type JsonObject,
  listProperties,
  type OpenApiDocument,
  parsePointer,
  schemaParts,
} from "@dots-payouts/openapi";

/** A place in a request body that the spec describes. */
export interface Field {
  /** JSON Pointer into the body; array items are at index `0`. */
  readonly pointer: string;
  /** The schemas that describe the place, references and branches followed. */
  readonly parts: readonly JsonObject[];
  /** JSON Pointer into the spec, to the first of them. */
  readonly place: string;
  readonly required: boolean;
  /** Whether it is the item of an array rather than the property of an object. */
  readonly item: boolean;
}

/** The maximum depth: a schema may contain itself. */
const DEEPEST = 6;

/** All places that the schema at a JSON Pointer describes, outer ones first, without the root. */
export function listFields(document: OpenApiDocument, schema: string): Field[] {
  const fields: Field[] = [];
  const visit = (places: readonly string[], pointer: string, depth: number): void => {
    if (depth > DEEPEST) return;
    const here = new Map<string, { places: string[]; required: boolean; item: boolean }>();
    for (const place of places) {
      for (const property of listProperties(document, place)) {
        const at = pointer + formatPointer([property.name]);
        const known = here.get(at) ?? { places: [], required: false, item: false };
        known.places.push(...property.schemas.map((found) => found.pointer));
        here.set(at, { ...known, required: known.required || property.required });
      }
      for (const part of schemaParts(document, place)) {
        if (!isObject(part.node["items"])) continue;
        const known = here.get(`${pointer}/0`) ?? { places: [], required: false, item: true };
        known.places.push(`${part.pointer}/items`);
        here.set(`${pointer}/0`, known);
      }
    }
    for (const [at, { places: inner, required, item }] of here) {
      const parts = partsAt(document, inner);
      fields.push({ pointer: at, parts, place: inner[0] ?? "", required, item });
      visit(inner, at, depth + 1);
    }
  };
  visit([schema], "", 0);
  return fields;
}

/** The schemas that together describe a value, references and branches followed. */
export function partsAt(document: OpenApiDocument, places: readonly string[]): JsonObject[] {
  return places.flatMap((place) => schemaParts(document, place).map((part) => part.node));
}

export function parentOf(pointer: string): string {
  return pointer.slice(0, Math.max(pointer.lastIndexOf("/"), 0));
}

/** A copy of a body with a value at a place whose parents exist. */
export function replaceAt(body: Json, pointer: string, value: Json): Json {
  return replaceTokens(body, parsePointer(pointer), value);
}

function replaceTokens(body: Json, [token, ...rest]: readonly string[], value: Json): Json {
  if (token === undefined) return value;
  if (Array.isArray(body)) {
    return body.map((item, index) => (String(index) === token ? replaceTokens(item, rest, value) : item));
  }
  if (!isObject(body)) return body;
  const child = Object.hasOwn(body, token) ? (body[token] ?? {}) : {};
  return { ...body, [token]: replaceTokens(child, rest, value) };
}

/** A copy of a body without the value at a place. Its parents stay, even if empty. */
export function without(body: Json, pointer: string): Json {
  const parent = getAt(body, parentOf(pointer));
  const token = parsePointer(pointer).at(-1);
  if (parent === undefined || token === undefined) return body;
  const left = Array.isArray(parent)
    ? parent.filter((_, index) => String(index) !== token)
    : isObject(parent)
      ? Object.fromEntries(Object.entries(parent).filter(([key]) => key !== token))
      : parent;
  return parentOf(pointer) === "" ? left : replaceAt(body, parentOf(pointer), left);
}

/** The JSON Pointers to everything inside a value, outer ones first. */
export function pointersIn(value: Json, above = ""): string[] {
  if (!isObject(value) && !Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([key, child]) => {
    const here = above + formatPointer([key]);
    return [here, ...pointersIn(child, here)];
  });
}
