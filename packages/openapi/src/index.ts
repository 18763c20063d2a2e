export { authorizationScheme } from "./authorization-scheme.ts";
export { curlCommand, type WireRequest } from "./curl.ts";
export {
  asDocument,
  DocumentError,
  follow,
  type Located,
  type OpenApiDocument,
  referenceHops,
} from "./document.ts";
export { namesInherited } from "./inherited-names.ts";
export { isObject, type Json, type JsonObject } from "./json.ts";
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
} from "./operation.ts";
export { listOperations } from "./operations.ts";
export { formatPointer, getAt, parsePointer, removeAt, setAt } from "./pointer.ts";
export type { Changes, Creates, Lists, Reads, Removes, ResourceRole } from "./resource-role.ts";
export {
  type GeneratedValue,
  type LocatedSchema,
  listGeneratedValues,
  listProperties,
  type Property,
  type SchemaPart,
  schemaParts,
  schemasAt,
} from "./schema.ts";
export { listServers, type Server } from "./servers.ts";
export { withoutExamples } from "./without-examples.ts";
