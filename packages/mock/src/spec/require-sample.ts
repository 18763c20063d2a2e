import {
  covers,
  DocumentError,
  isJson,
  type MediaType,
  type OpenApiDocument,
  type Operation,
  plainSamples,
} from "@dots-payouts/openapi";
import type { Schemas } from "../schema/validators.ts";

/**
 * Makes sure that there is something to answer with: an example, or a value that fits the schema. Most schemas are
 * not compiled for this, because a large document would take seconds to start.
 * @throws DocumentError at the schema if no such value is known.
 */
export function requireSample(
  document: OpenApiDocument,
  schemas: Schemas,
  { id }: Operation,
  { type, schema, examples }: MediaType,
): void {
  if (schema === undefined || examples.length > 0) return;
  if (!(isJson(type) || covers(type, "application/json"))) return;
  for (const sample of plainSamples(document, schema, "writeOnly")) {
    if (schemas.fits(schema, sample)) return;
  }
  throw new DocumentError(
    schema,
    `no value is known that fits, so that there is nothing to answer ${id} with. Give it an example`,
  );
}
