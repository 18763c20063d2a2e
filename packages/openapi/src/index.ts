export { asDocument } from "./document/as-document.ts";
export { type Assumption, assumptionAt, listAssumptions } from "./document/assumptions.ts";
export {
  DocumentError,
  follow,
  type Located,
  type OpenApiDocument,
  referenceHops,
} from "./document/document.ts";
export { endlessPlace } from "./document/endless.ts";
export { type ErrorCodes, readErrorCodes } from "./document/error-codes.ts";
export { Extension, type PlacedValue } from "./document/extension.ts";
export { namesInherited } from "./document/inherited-names.ts";
export { BRANCHES, keywordsIn, LINKED_FILES, leadToSchema } from "./document/keywords.ts";
export { changeNodes, eachNode, type Walk } from "./document/nodes.ts";
export { listServers, type Server } from "./document/servers.ts";
export { withoutExamples } from "./document/without-examples.ts";
export { authorizationScheme } from "./http/authorization-scheme.ts";
export { type CurlRequest, curlCommand, shellWord } from "./http/curl.ts";
export {
  accepts,
  bodyContent,
  concreteType,
  contentFor,
  covers,
  essence,
  isForm,
  isJson,
  jsonContent,
  parameter,
} from "./http/media-type.ts";
export { isIdempotent, isSafe } from "./http/method.ts";
export { pathOf, queryOf } from "./http/target.ts";
export { isMultiple, nextMultiple } from "./json/decimal.ts";
export { isObject, type Json, type JsonObject } from "./json/json.ts";
export { formatPointer, getAt, isPointer, parsePointer, removeAt, setAt } from "./json/pointer.ts";
export { isSameJson } from "./json/same-json.ts";
export { memoize, memoizeByObject, onFirstUse } from "./memoize.ts";
export { type Event, type EventSubject, listEvents, readEventSubject } from "./operation/events.ts";
export { type HeaderOption, listHeaderOptions } from "./operation/header-options.ts";
export { type IdempotencyKey, readIdempotencyKey } from "./operation/idempotency-key.ts";
export { listOperations, METHODS, operationsIn } from "./operation/list-operations.ts";
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
export { operationsOfKind } from "./operation/operations-of-kind.ts";
export type { RequestTerms } from "./operation/request-terms.ts";
export type { Cursor, Filter, Page } from "./operation/resource-page.ts";
export {
  type Changes,
  type Creates,
  type Lists,
  type Most,
  type Reads,
  type Removes,
  type ResourceRole,
  readResourceRole,
} from "./operation/resource-role.ts";
export { type ResponseCondition, readResponseCondition } from "./operation/response-condition.ts";
export {
  exactStatus,
  responseFor,
  successResponses,
  successStatus,
  usualSuccess,
} from "./operation/responses.ts";
export { formFields, formValues } from "./parameter/form-values.ts";
export { isFreeText } from "./parameter/free-text.ts";
export type { SentParameters } from "./parameter/parameter-pieces.ts";
export { fillParameter, parameterSample } from "./parameter/parameter-sample.ts";
export { type ParameterValues, parameterValues } from "./parameter/parameter-values.ts";
export { formWriter } from "./parameter/written-form.ts";
export { writtenPairs } from "./parameter/written-pairs.ts";
export { hasDiscriminator } from "./schema/discriminator.ts";
export { withExclusiveBounds } from "./schema/exclusive-bounds.ts";
export {
  type Creation,
  type InitialState,
  type LifeCycle,
  lifeCycleOf,
  listLifeCycles,
  type Move,
  type RelatedMove,
  readLifeCycle,
  type Taken,
} from "./schema/life-cycle.ts";
export { listMockValues, type MockEffect, type MockValue, readMockEffects } from "./schema/mock-values.ts";
export { bound, keywordValues, listedValues, typesOf } from "./schema/part-values.ts";
export { plainSamples } from "./schema/plain-samples.ts";
export { givenValue, leastValue } from "./schema/sample-value.ts";
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
export { subschemas } from "./schema/subschemas.ts";
export { surelyFits } from "./schema/surely-fits.ts";
export { placeOf, type RuleError, wordsOf } from "./validation/words.ts";
