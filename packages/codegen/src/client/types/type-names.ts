import {
  eachNode,
  formatPointer,
  getAt,
  isObject,
  leadToSchema,
  listOperations,
  memoizeByObject,
  type OpenApiDocument,
  parsePointer,
  referenceHops,
} from "@dots-payouts/openapi";
import { pascalCase } from "../../text/names.ts";

/** Names already used by the generated source and the client's public exports. A test of the client compares them. */
const TAKEN = [
  "AbortError Account ApiCall ApiError ApiList ApiResult BadRequestError Call CallOptions Client",
  "ClientOptions ConfigurationError ConflictError ConnectionError Credential DeadlineError Dots",
  "DotsError DotsErrorJson DotsOptions Environments ErrorBody EventBodies EventSubject ExpiredKeyError",
  "ForbiddenError Hooks InvalidAnswerError InvalidRequestError KeyedCallOptions NonNullable",
  "NotFoundError Outcome Partial RateLimitError Readonly Record RequestEvent ResourceKind Resources",
  "ResponseEvent RetryEvent Server ServerError StoredCall Time TimeoutError UnauthorizedError",
  "UnfinishedCall UnprocessableError UnreadableAnswerError Validation Violation",
].flatMap((line) => line.split(" "));

/**
 * The names of types, by JSON Pointers to their schemas: one for each component schema, and one for each other schema
 * that is referred to. A name that is taken gets a trailing `_`; schemas that can keep their name come first.
 */
export const typeNames: (document: OpenApiDocument) => ReadonlyMap<string, string> =
  memoizeByObject(nameTypes);

const COMPONENTS = ["components", "schemas"];

function nameTypes(document: OpenApiDocument): ReadonlyMap<string, string> {
  const taken = new Set([
    ...TAKEN,
    ...listOperations(document).map(({ client = "" }) => interfaceName(client)),
  ]);
  const schemas = getAt(document, formatPointer(COMPONENTS));
  const components = Object.keys(isObject(schemas) ? schemas : {});
  const stays = (name: string): boolean => name === pascalCase(name);
  const named = [...components.filter(stays), ...components.filter((name) => !stays(name))].map((name) => ({
    pointer: formatPointer([...COMPONENTS, name]),
    name,
  }));
  const names = new Map<string, string>();
  for (const { pointer, name } of [...named, ...otherTargets(document)]) {
    if (names.has(pointer)) continue;
    let type = pascalCase(name);
    while (taken.has(type)) type += "_";
    taken.add(type);
    names.set(pointer, type);
  }
  return names;
}

/** The referenced schemas inside other schemas or paths. */
function otherTargets(document: OpenApiDocument): { pointer: string; name: string }[] {
  const found: { pointer: string; name: string }[] = [];
  eachNode(document, ({ $ref: reference }, walk) => {
    if (typeof reference !== "string" || /^#\/components\/[^/]+\/[^/]+$/.test(reference)) return;
    const target = referenceHops(document, { node: { $ref: reference }, pointer: walk.pointer })[1];
    if (target === undefined) return;
    const tokens = parsePointer(target.pointer);
    const start = tokens.findIndex((token) => token === "schema" || token === "schemas");
    const inside = tokens.slice(start + (tokens[start] === "schema" ? 1 : 2));
    if (start < 0 || !leadToSchema(inside)) return;
    const telling = tokens.filter((token) => !SILENT.has(token));
    found.push({ pointer: target.pointer, name: telling.join(" ") });
  });
  return found;
}

/** Parts of a pointer that don't help in naming a schema's type. */
const SILENT = new Set([...COMPONENTS, "paths", "properties", "$defs", "content", "schema"]);

/** Whether a schema's type is only useful for other schemas, which include it with `allOf`. */
export const isOnlyPart: (document: OpenApiDocument) => (pointer: string) => boolean = memoizeByObject(
  (document) => {
    const parts = new Set<string>();
    const others = new Set<string>();
    eachNode(document, ({ $ref: reference, discriminator }, walk) => {
      // A schema with a discriminator may occur as any of its children.
      if (discriminator !== undefined) others.add(`#${walk.pointer}`);
      const mapping = isObject(discriminator) ? discriminator["mapping"] : undefined;
      for (const mapped of Object.values(isObject(mapping) ? mapping : {})) others.add(String(mapped));
      if (typeof reference === "string") (/\/allOf\/\d+$/.test(walk.pointer) ? parts : others).add(reference);
    });
    return (pointer) => parts.has(`#${pointer}`) && !others.has(`#${pointer}`);
  },
);

/** The names of types that a text in TypeScript mentions, sorted. */
export function namesIn(document: OpenApiDocument, text: string): string[] {
  const code = text.replaceAll(/\/\*\*[\s\S]*?\*\/|"(?:[^"\\]|\\.)*"/g, "");
  const words = new Set(code.match(/[\p{ID_Continue}$]+/gu));
  return [...typeNames(document).values()].filter((name) => words.has(name)).sort();
}

/** The name of a resource's interface. @param client `resource.method`, or the resource alone */
export function interfaceName(client: string): string {
  return `${pascalCase(client.split(".")[0] ?? "")}Resource`;
}
