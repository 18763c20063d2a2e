import { type Json, memoizeByObject, type OpenApiDocument } from "@dots-payouts/openapi";
import { compileSchemas } from "@dots-payouts/openapi/validation";
import { isMade, type Part } from "./part.ts";

const compiled = memoizeByObject((document: OpenApiDocument) => compileSchemas(document));

/** Whether a value fits a schema; `undefined` if the schema does not compile, or is in no document. */
export function accepts(part: Part, value: Json): boolean | undefined {
  if (isMade(part)) return undefined;
  try {
    return compiled(part.document).at(part.pointer)(value);
  } catch (error) {
    if (error instanceof Error && error.name === "DocumentError") return undefined;
    throw error;
  }
}
