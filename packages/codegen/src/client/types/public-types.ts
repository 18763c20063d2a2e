import { jsonContent, listOperations, type OpenApiDocument, successResponses } from "@dots-payouts/openapi";
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

function refusalBody(document: OpenApiDocument): string {
  const types = listOperations(document).flatMap(({ responses }) => {
    const successes = successResponses(responses);
    return responses.flatMap((response) => {
      const media = successes.includes(response) ? undefined : jsonContent(response.content);
      return media?.schema === undefined ? [] : [schemaAt(document, media.schema).text];
    });
  });
  return types.length === 0 ? "Record<string, unknown>" : [...new Set(types)].join(" | ");
}
