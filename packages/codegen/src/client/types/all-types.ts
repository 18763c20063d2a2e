import { getAt, type OpenApiDocument } from "@dots-payouts/openapi";
import { pathTypes } from "./path-types.ts";
import { schemaComment } from "./property-comment.ts";
import { schemaAt } from "./schema-type.ts";
import { typeNames } from "./type-names.ts";

/** The types of all schemas that have a name, and of all operations. */
export function allTypes(opened: OpenApiDocument): string {
  const types = [...typeNames(opened)].map(([pointer, name]) => {
    const comment = schemaComment(getAt(opened, pointer) ?? null);
    return `${comment}export type ${name} = ${schemaAt(opened, pointer).text};\n`;
  });
  return [...types, pathTypes(opened)].join("\n");
}
