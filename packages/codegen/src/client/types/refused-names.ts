import {
  isObject,
  type Json,
  type JsonObject,
  type Located,
  memoizeByObject,
  type OpenApiDocument,
  schemaParts,
} from "@dots-payouts/openapi";
import { evaluatedNames } from "../document/evaluated-names.ts";
import { branches, targetOf } from "../document/json-types.ts";

const NONE: ReadonlySet<string> = new Set();

/**
 * The names of properties that a closed schema refuses although others that describe the same value declare them. Does
 * not include what a choice in it refuses.
 * @param known the names that any schema of the value declares
 */
export function refusedNames(
  document: OpenApiDocument,
  place: Located,
  known: ReadonlySet<string>,
): ReadonlySet<string> {
  const { node, pointer } = place;
  if (!isObject(node) || known.size === 0) return NONE;
  const allows = isClosed(node) ? allowed(document, { node, pointer }) : undefined;
  const refused = allows === undefined ? NONE : new Set([...known].filter((name) => !allows(name)));
  const inside = branches(place, "allOf").map((branch) => refusedNames(document, branch, known));
  const target = targetOf(document, place);
  // Its own type covers what it declares itself.
  const others =
    target === undefined
      ? NONE
      : refusedNames(document, target, minus(known, namesKnown(document)(target.pointer)));
  return new Set([refused, others, ...inside].flatMap((names) => [...names]));
}

function minus(names: ReadonlySet<string>, others: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...names].filter((name) => !others.has(name)));
}

/** The names of the properties that any of the schemas of one value declares. */
export const namesKnown = memoizeByObject((document: OpenApiDocument) => {
  const found = new Map<string, ReadonlySet<string>>();
  return (pointer: string): ReadonlySet<string> => {
    const names = found.get(pointer) ?? gather(document, pointer);
    found.set(pointer, names);
    return names;
  };
});

function gather(document: OpenApiDocument, pointer: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { node } of schemaParts(document, pointer)) {
    for (const name of Object.keys(isObject(node["properties"]) ? node["properties"] : {})) names.add(name);
    for (const name of [node["required"] ?? []].flat()) if (typeof name === "string") names.add(name);
  }
  return names;
}

function isClosed({ additionalProperties, unevaluatedProperties }: JsonObject): boolean {
  return additionalProperties === false || unevaluatedProperties === false;
}

/** Whether a closed schema allows a name; `undefined` if unknown, or if it allows any. */
function allowed(
  document: OpenApiDocument,
  place: Located & { readonly node: JsonObject },
): ((name: string) => boolean) | undefined {
  const { properties, patternProperties, additionalProperties } = place.node;
  if (additionalProperties === false) return among(keysOf(properties), keysOf(patternProperties));
  const found = evaluatedNames(document, place);
  return found === undefined || found.all.length > 0
    ? undefined
    : among(found.names.keys(), found.patterns.keys());
}

function among(names: Iterable<string>, patterns: Iterable<string>): (name: string) => boolean {
  const listed = new Set(names);
  const expressions = [...patterns].map((pattern) => new RegExp(pattern, "u"));
  return (name) => listed.has(name) || expressions.some((one) => one.test(name));
}

function keysOf(map: Json | undefined): string[] {
  return isObject(map) ? Object.keys(map) : [];
}
