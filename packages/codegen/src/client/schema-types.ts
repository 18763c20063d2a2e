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
  return astToString(nodes).replace(REQUIRED, REQUIRED_OF_EACH);
}

/** The helper of openapi-typescript that makes properties required, which does not compile for an object or null. */
const REQUIRED = /type WithRequired<T, K extends keyof T> = T & \{\s*\[P in K\]-\?: T\[P\];?\s*\};/;

const REQUIRED_OF_EACH = `type WithRequired<T, K extends PropertyKey> = T extends unknown
    ? T & { [P in K & keyof T]-?: T[P] }
    : never;`;
