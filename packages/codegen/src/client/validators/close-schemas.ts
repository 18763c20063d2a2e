import { changeNodes, type Json, type JsonObject, type OpenApiDocument } from "@dots-payouts/openapi";
import { evaluatedNames, type When } from "../document/evaluated-names.ts";

/** `unevaluatedProperties: false`, resolved to the properties that it allows. */
export interface Closed {
  /** The properties that are always allowed. */
  readonly names: readonly string[];
  readonly patterns: readonly string[];
  /** The properties that are allowed under conditions: by name, by pattern, or all. */
  readonly sometimes: readonly Sometimes[];
}

interface Sometimes {
  readonly name?: string;
  readonly pattern?: string;
  readonly when: When;
}

/**
 * A schema whose `unevaluatedProperties` lists the refused properties, so that no code has to track what other schemas
 * have evaluated. `undefined` if the document does not tell.
 * @param pointer JSON Pointer to the schema in the document
 */
export function closeSchemas(document: OpenApiDocument, schema: Json, pointer: string): Json | undefined {
  let isKnown = true;
  const closed = changeNodes(schema, (node, walk) => {
    if (!("unevaluatedProperties" in node)) return walk.below(node);
    const { unevaluatedProperties, ...rest } = walk.below(node);
    if (unevaluatedProperties === true) return rest;
    const found =
      unevaluatedProperties === false ? closedTo(document, node, pointer + walk.pointer) : undefined;
    isKnown &&= found !== undefined;
    return found === undefined || found === "open" ? rest : { ...rest, unevaluatedProperties: found };
  });
  return isKnown ? closed : undefined;
}

function closedTo(
  document: OpenApiDocument,
  node: JsonObject,
  pointer: string,
): JsonObject | "open" | undefined {
  const found = evaluatedNames(document, { node, pointer });
  if (found === undefined) return undefined;
  if (isAlways(found.all)) return "open";
  const always = (map: ReadonlyMap<string, When>): string[] =>
    [...map].flatMap(([key, when]) => (isAlways(when) ? [key] : []));
  const sometimes = (map: ReadonlyMap<string, When>, kind: "name" | "pattern"): JsonObject[] =>
    [...map].flatMap(([key, when]) => (isAlways(when) ? [] : [{ [kind]: key, when: asJson(when) }]));
  return {
    names: always(found.names),
    patterns: always(found.patterns),
    sometimes: [
      ...sometimes(found.names, "name"),
      ...sometimes(found.patterns, "pattern"),
      ...(found.all.length === 0 ? [] : [{ when: asJson(found.all) }]),
    ],
  };
}

function isAlways(when: When): boolean {
  return when.some((conditions) => conditions.length === 0);
}

function asJson(when: When): Json {
  return when.map((conditions) => conditions.map((condition) => ({ ...condition })));
}
