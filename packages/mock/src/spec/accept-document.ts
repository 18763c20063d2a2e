import { asDocument, DocumentError, isObject, type OpenApiDocument } from "@dots-payouts/openapi";
import { MockError } from "../mock-error.ts";

/**
 * Takes a value for an OpenAPI document. `name` is what the error calls it.
 * @throws MockError when it is something else.
 */
export function checkedDocument(value: unknown, name: string): OpenApiDocument {
  try {
    if (!isObject(value)) throw new DocumentError("", "not a JSON object");
    return asDocument(value);
  } catch (error) {
    if (error instanceof DocumentError) throw new MockError(`${name} cannot be served: ${error.message}`);
    throw error;
  }
}
