import {
  changeNodes,
  formatPointer,
  getAt,
  isObject,
  type Json,
  type JsonObject,
  memoizeByObject,
  type OpenApiDocument,
  type Walk,
} from "@dots-payouts/openapi";
import { spellMappings } from "./spell-mappings.ts";

const SCHEMAS = "#/components/schemas/";

/**
 * The document with open enumerations in answers and events, because the API may add values later. Those in requests
 * stay closed, so that a mistyped value does not compile. A schema that lists values and is used in both gets a twin
 * for answers and events, called `…Answer`.
 * @param alternatives how to distinguish the alternatives of answers: with more values allowed, several may match
 */
export function openAnswers(
  given: OpenApiDocument,
  alternatives: "oneOf" | "anyOf" = "oneOf",
): OpenApiDocument {
  const { document, known, requests, answers, twins } = readAnswers(given);
  const change = (node: JsonObject, walk: Walk): JsonObject => open(node, walk, { twins, alternatives });
  const opened: [string, Json][] = Object.entries(known).flatMap(([name, schema]): [string, Json][] => {
    const twin = twins.get(name);
    if (twin !== undefined) {
      return [
        [name, schema],
        [twin, changeNodes(schema, change)],
      ];
    }
    return [[name, answers.has(name) && !requests.has(name) ? changeNodes(schema, change) : schema]];
  });
  const openResponses = (owner: JsonObject): JsonObject =>
    changeNodes(owner, (node, walk) => {
      if (node["responses"] === undefined) return walk.below(node);
      const { responses, ...rest } = node;
      return { ...node, ...walk.below(rest), ...changeNodes({ responses }, change) };
    });
  const { schemas: _, ...components } = objectAt(document, "components");
  const { webhooks } = document;
  return {
    ...document,
    // For the receiver of an event, the request is what it reads.
    ...(isObject(webhooks) ? { webhooks: changeNodes(webhooks, change) } : {}),
    paths: openResponses(objectAt(document, "paths")),
    components: { ...openResponses(components), schemas: Object.fromEntries(opened) },
  };
}

interface Use {
  /** The names of the component schemas that requests and answers lead to. */
  readonly requests: ReadonlySet<string>;
  readonly answers: ReadonlySet<string>;
}

interface Reading extends Use {
  readonly document: OpenApiDocument;
  /** The component schemas. */
  readonly known: JsonObject;
  /** The names of the twins, by those of the schemas. */
  readonly twins: ReadonlyMap<string, string>;
}

const readAnswers = memoizeByObject((given: OpenApiDocument): Reading => {
  const document = spellMappings(given);
  const schemas = getAt(document, "/components/schemas");
  const known = isObject(schemas) ? schemas : {};
  const { requests, answers } = usedBy(document);
  const twins = new Map<string, string>();
  const taken = new Set(Object.keys(known));
  for (const name of answers) {
    if (!requests.has(name) || !listsValues(document, known[name] ?? null)) continue;
    let twin = `${name}Answer`;
    while (taken.has(twin)) twin += "_";
    taken.add(twin);
    twins.set(name, twin);
  }
  return { document, known, requests, answers, twins };
});

interface Opening {
  readonly twins: ReadonlyMap<string, string>;
  readonly alternatives: "oneOf" | "anyOf";
}

/** What `open` changes in a node, besides its values. */
const OPENED = ["if", "not", "$ref", "discriminator", "oneOf"];

function open(node: JsonObject, walk: Walk, opening: Opening): JsonObject {
  if (!OPENED.some((keyword) => keyword in node)) return withoutValues(walk.below(node));
  // A condition distinguishes values: an open enumeration would match all of them.
  const { if: condition, not: negation, ...rest } = node;
  const asked = {
    ...(condition === undefined ? {} : { if: condition }),
    ...(negation === undefined ? {} : { not: negation }),
  };
  const { $ref: reference, discriminator } = node;
  const opened = withoutValues({
    ...walk.below(rest),
    ...asked,
    ...(typeof reference === "string" ? { $ref: answerOf(reference, opening) } : {}),
    ...(isObject(discriminator) ? { discriminator: openMapping(discriminator, opening) } : {}),
  });
  const isChoice = Array.isArray(node["oneOf"]) && node["anyOf"] === undefined;
  return isChoice ? renamed(opened, "oneOf", opening.alternatives) : opened;
}

/**
 * A schema that accepts other values than those listed. A single value stays, because it distinguishes alternatives.
 */
function withoutValues(node: JsonObject): JsonObject {
  const values = node["enum"];
  if (!Array.isArray(values) || values.length < 2 || values.every((value) => typeof value === "boolean"))
    return node;
  const { enum: _, ...rest } = node;
  const { type, description = "" } = rest;
  const known = `Known values: ${values.map((value) => `\`${typeof value === "string" ? value : JSON.stringify(value)}\``).join(", ")}.`;
  return { ...rest, type: type ?? typesOf(values), description: `${description}\n\n${known}`.trim() };
}

function renamed(node: JsonObject, from: string, to: string): JsonObject {
  return from === to
    ? node
    : Object.fromEntries(Object.entries(node).map(([key, value]) => [key === from ? to : key, value]));
}

/** A reference to the twin, if there is one. */
function answerOf(reference: string, { twins }: Opening): string {
  const twin = twins.get(schemaName(reference) ?? "");
  return twin === undefined ? reference : SCHEMAS + twin;
}

function openMapping(discriminator: JsonObject, opening: Opening): JsonObject {
  const mapping = isObject(discriminator["mapping"]) ? discriminator["mapping"] : {};
  const opened = Object.entries(mapping).map(([value, reference]): [string, Json] => [
    value,
    typeof reference === "string" ? answerOf(reference, opening) : reference,
  ]);
  return { ...discriminator, mapping: Object.fromEntries(opened) };
}

/** The JSON types of values. */
function typesOf(values: readonly Json[]): Json {
  const types = values.map((value) => {
    if (value === null) return "null";
    return Array.isArray(value) ? "array" : typeof value;
  });
  const [first = "string", ...others] = new Set(types);
  return others.length === 0 ? first : [first, ...others];
}

function usedBy(document: OpenApiDocument): Use {
  const references = { requests: new Set<string>(), answers: new Set<string>() };
  const collect = (root: JsonObject, use: keyof Use): void => {
    changeNodes(root, (node, walk) => {
      const { responses, $ref: reference, ...rest } = node;
      for (const response of Object.values(isObject(responses) ? responses : {})) {
        if (isObject(response)) collect(response, "answers");
      }
      if (typeof reference === "string" && !references[use].has(reference)) {
        references[use].add(reference);
        const target = getAt(document, decodeURIComponent(reference.slice(1)));
        if (isObject(target)) collect(target, use);
      }
      walk.below(rest);
      return node;
    });
  };
  for (const item of Object.values(objectAt(document, "paths"))) {
    if (isObject(item)) collect(item, "requests");
  }
  collect(objectAt(document, "webhooks"), "answers");
  const names = (found: ReadonlySet<string>): Set<string> =>
    new Set([...found].flatMap((reference) => schemaName(reference) ?? []));
  return { requests: names(references.requests), answers: names(references.answers) };
}

function listsValues(document: OpenApiDocument, node: Json, seen: Set<string> = new Set()): boolean {
  if (Array.isArray(node)) return node.some((item) => listsValues(document, item, seen));
  if (!isObject(node)) return false;
  if (Array.isArray(node["enum"])) return true;
  return Object.entries(node).some(([key, value]) => {
    const name = key === "$ref" ? schemaName(value) : undefined;
    if (name === undefined) return listsValues(document, value, seen);
    if (seen.has(name)) return false;
    seen.add(name);
    return listsValues(
      document,
      getAt(document, formatPointer(["components", "schemas", name])) ?? null,
      seen,
    );
  });
}

function objectAt(node: JsonObject, key: string): JsonObject {
  const value = node[key];
  return isObject(value) ? value : {};
}

function schemaName(reference: Json | undefined): string | undefined {
  if (typeof reference !== "string" || !reference.startsWith(SCHEMAS)) return undefined;
  return decodeURIComponent(reference.slice(SCHEMAS.length)).replaceAll("~1", "/").replaceAll("~0", "~");
}
