import {
  isObject,
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
 * The names of properties that a schema refuses because it is closed, while others that describe the same value know of
 * them. What a choice in it refuses is not among them.
 * @param known the names that any schema of the value knows of
 */
export function refusedNames(
  document: OpenApiDocument,
  place: Located,
  known: ReadonlySet<string>,
): ReadonlySet<string> {
  const { node, pointer } = place;
  if (!isObject(node) || known.size === 0) return NONE;
  const own = isClosed(node) ? evaluated(document, { node, pointer }) : undefined;
  const refused = own === undefined ? NONE : minus(known, own);
  const inside = branches(place, "allOf").map((branch) => refusedNames(document, branch, known));
  const target = targetOf(document, place);
  // What it knows of itself, its own type says.
  const others =
    target === undefined
      ? NONE
      : refusedNames(document, target, minus(known, namesKnown(document)(target.pointer)));
  return new Set([refused, others, ...inside].flatMap((names) => [...names]));
}

function minus(names: ReadonlySet<string>, others: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...names].filter((name) => !others.has(name)));
}

/** The names of the properties that any of the schemas of one value knows of. */
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

/** The names that a closed schema lets through; `undefined` if that is not known, or may be any. */
function evaluated(
  document: OpenApiDocument,
  place: Located & { readonly node: JsonObject },
): ReadonlySet<string> | undefined {
  const { node } = place;
  if (node["additionalProperties"] === false) {
    return "patternProperties" in node
      ? undefined
      : new Set(Object.keys(isObject(node["properties"]) ? node["properties"] : {}));
  }
  const found = evaluatedNames(document, place);
  return found === undefined || found.all.length > 0 || found.patterns.size > 0
    ? undefined
    : new Set(found.names.keys());
}
