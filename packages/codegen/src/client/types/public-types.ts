import {
  jsonContent,
  listOperations,
  type OpenApiDocument,
  schemaParts,
  successResponses,
  typesOf,
} from "@dots-payouts/openapi";
import { schemaAt } from "./schema-type.ts";
import { isOnlyPart, namesIn, typeNames } from "./type-names.ts";

/** The types that a user of the client can import: those of the component schemas, and of refusals. */
export function publicTypes(opened: OpenApiDocument): string {
  const isHidden = isOnlyPart(opened);
  const names = [...typeNames(opened)].flatMap(([pointer, name]) =>
    /^\/components\/schemas\/[^/]+$/.test(pointer) && !isHidden(pointer) ? [name] : [],
  );
  const body = refusalBody(opened);
  const needed = namesIn(opened, body);
  return `${needed.length === 0 ? "" : `import type { ${needed.join(", ")} } from "./schema.ts";\n\n`}${
    names.length === 0 ? "" : `export type { ${names.join(", ")} } from "./schema.ts";\n\n`
  }/** What the body of a refusal may contain. Only the status is certain. */
export type ErrorBody = Partial<${body}>;
`;
}

/** The type of a refusal if it is an object: a plain string has no named parts. */
function objectAt(document: OpenApiDocument, schema: string): string[] {
  const { text } = schemaAt(document, schema);
  const parts = schemaParts(document, schema).map(({ node }) => node);
  const types = new Set(parts.flatMap((node) => typesOf([node]) ?? []));
  if (types.size > 0 && !types.has("object")) return [];
  return types.size === 1 ? [text] : [`Extract<${text}, object>`];
}

function refusalBody(document: OpenApiDocument): string {
  const types = listOperations(document).flatMap(({ responses }) => {
    const successes = successResponses(responses);
    return responses.flatMap((response) => {
      const media = successes.includes(response) ? undefined : jsonContent(response.content);
      return media?.schema === undefined ? [] : objectAt(document, media.schema);
    });
  });
  return types.length === 0 ? "Record<string, unknown>" : [...new Set(types)].join(" | ");
}
