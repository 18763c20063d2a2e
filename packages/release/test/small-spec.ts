import { asDocument, isObject, type Json, type OpenApiDocument, removeAt } from "@dots-payouts/openapi";

/** The parts of a small API that a case can override; others are empty. */
export interface Parts {
  /** The schema of the request body. */
  readonly request?: Json;
  /** The schema of the 200 response. */
  readonly response?: Json;
  readonly components?: Record<string, Json>;
  /** Other fields of the operation, besides body and response. */
  readonly operation?: Record<string, Json>;
  /** Other fields of the document, besides its one path. */
  readonly document?: Record<string, Json>;
  /** Other fields of the 200 response, besides its content. */
  readonly success?: Record<string, Json>;
}

/** A document with one operation. */
export function smallSpec(parts: Parts): OpenApiDocument {
  const json = (schema: Json): Json => ({ "application/json": { schema } });
  const operation: Record<string, Json> = {
    operationId: "make",
    "x-client": "things.make",
    requestBody: { required: true, content: json(parts.request ?? {}) },
    responses: { "200": { content: json(parts.response ?? {}), ...parts.success } },
    ...parts.operation,
  };
  return asDocument({
    openapi: "3.1.0",
    paths: { "/things": { post: operation } },
    components: { schemas: parts.components ?? {} },
    ...parts.document,
  });
}

/** An object schema with one optional property `a`. */
export function withA(schema: Json, more: Record<string, Json> = {}): Json {
  return { type: "object", properties: { a: schema }, ...more };
}

/** A copy of a document without the value at a JSON Pointer. */
export function without(document: OpenApiDocument, pointer: string): OpenApiDocument {
  const copy = removeAt(document, pointer);
  if (!isObject(copy)) throw new Error("a document is an object");
  return copy;
}
