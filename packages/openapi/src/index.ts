export {
  asDocument,
  DocumentError,
  follow,
  type Located,
  type OpenApiDocument,
  referenceHops,
} from "./document/document.ts";
export { type ErrorCodes, readErrorCodes } from "./document/error-codes.ts";
export { namesInherited } from "./document/inherited-names.ts";
export { listServers, type Server } from "./document/servers.ts";
export { withoutExamples } from "./document/without-examples.ts";
export { authorizationScheme } from "./http/authorization-scheme.ts";
export { curlCommand, type WireRequest } from "./http/curl.ts";
export { accepts, covers, essence, isJson, jsonContent, parameter } from "./http/media-type.ts";
export { isObject, type Json, type JsonObject } from "./json/json.ts";
export { formatPointer, getAt, parsePointer, removeAt, setAt } from "./json/pointer.ts";
export { memoize, memoizeByObject, onFirstUse } from "./memoize.ts";
export { listOperations } from "./operation/list-operations.ts";
export type {
  Echo,
  Example,
  MediaType,
  Operation,
  Parameter,
  RequestBody,
  Response,
  SecurityRequirement,
  SecurityScheme,
} from "./operation/operation.ts";
export type { PaymentTerms } from "./operation/payment-terms.ts";
export type { Changes, Creates, Lists, Reads, Removes, ResourceRole } from "./operation/resource-role.ts";
export { responseFor, successResponses, successStatus, usualSuccess } from "./operation/responses.ts";
export {
  type GeneratedValue,
  type LocatedSchema,
  listGeneratedValues,
  listProperties,
  type Property,
  type SchemaPart,
  schemaParts,
  schemasAt,
} from "./schema/schema-parts.ts";
