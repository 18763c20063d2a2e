import type { OpenApiDocument } from "@dots-payouts/openapi";
import openapiTS, { astToString } from "openapi-typescript";
import { describeReferences } from "./describe-references.ts";

/** The types of all paths, operations and schemas, as openapi-typescript writes them. */
export async function schemaTypes(opened: OpenApiDocument): Promise<string> {
  const source = describeReferences(opened);
  const nodes = await openapiTS(JSON.stringify(source), {
    // A field with a default may still be left out of a request.
    defaultNonNullable: false,
    emptyObjectsUnknown: true,
  });
  return astToString(nodes);
}
