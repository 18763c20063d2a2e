import { getAt, isObject, jsonContent, type OpenApiDocument, successResponses } from "@dots-payouts/openapi";
import { docComment } from "../../text/doc-comment.ts";
import { operationsOf } from "../document/operations-of.ts";
import { aliasAt, responseType } from "./type-at.ts";
import { typeNames } from "./type-names.ts";

/** A named type for each component schema, and one for what may stand in the body of a refusal. */
export function aliases(opened: OpenApiDocument): string {
  const schemas = getAt(opened, "/components/schemas");
  const types = Object.entries(isObject(schemas) ? schemas : {}).map(([name, schema]) => {
    const description = isObject(schema) ? schema["description"] : undefined;
    const doc = docComment([typeof description === "string" ? description : undefined]);
    return `${doc}export type ${typeNames(opened).get(name)} = components["schemas"][${JSON.stringify(name)}];\n`;
  });
  const body = refusals(opened);
  const imports = ["components", "operations"].filter((name) =>
    `${types.join()}${body}`.includes(`${name}[`),
  );
  return `import type { ${imports.join(", ")} } from "./schema.ts";

${types.join("\n")}
/** What the body of a refusal may hold. Nothing in it is certain: the status alone is. */
export type ErrorBody = Partial<${body}>;
`;
}

function refusals(document: OpenApiDocument): string {
  const types = operationsOf(document).flatMap(({ id, responses }) => {
    const successes = successResponses(responses);
    return responses.flatMap((response) => {
      const media = successes.includes(response) ? undefined : jsonContent(response.content);
      if (media?.schema === undefined) return [];
      return [aliasAt(document, media.schema) ?? responseType(id, response.status, media.type)];
    });
  });
  return types.length === 0 ? "Record<string, unknown>" : [...new Set(types)].join(" | ");
}
