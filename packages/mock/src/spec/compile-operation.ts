import {
  DocumentError,
  essence,
  isFreeText,
  isJson,
  type Json,
  listGeneratedValues,
  type MediaType,
  memoize,
  type OpenApiDocument,
  type Operation,
  onFirstUse,
  parsePointer,
  type Response,
  schemasAt,
} from "@dots-payouts/openapi";
import { isGenerateRule } from "../sample/fresh-values.ts";
import { compileSuccess, type Success } from "../sample/success-body.ts";
import type { Schemas } from "../schema/validators.ts";
import { type DocumentedRefusal, documentedRefusal } from "./documented-response.ts";
import { type PathParameters, pathParameters } from "./path-parameters.ts";

/** An operation, with everything that can be worked out before the first request to it; its schemas are compiled then. */
export interface CompiledOperation {
  readonly operation: Operation;
  /** JSON Pointer to the schema of a JSON request body, where there is one. */
  readonly bodySchema: string | undefined;
  /** Whether the JSON of a request body fits its schema. */
  readonly fitsBody: (body: Json) => boolean;
  /** Reference tokens of the idempotency key in the request body. */
  readonly key: readonly string[] | undefined;
  /** The status that refuses a request which breaks its schema. */
  readonly refusal: number;
  /** Every content type of its responses, each once; none where a success needs no content. */
  readonly answerTypes: readonly string[];
  /** `undefined`: Prism makes the answer. */
  readonly success: Success | undefined;
  /** Whether Prism has to check the request too: it knows how parameters are written, and content that is not JSON. */
  readonly unusual: boolean;
  /** Whether the JSON that a success brings fits its schema; `undefined` where it brings none that has one. */
  readonly fitsSuccess: ((answer: Json) => boolean) | undefined;
  readonly parametersOf: PathParameters;
  /** How a refusal with a status is documented. */
  readonly refusalOf: (status: number) => DocumentedRefusal | undefined;
}

/**
 * Checks all that an operation refers to.
 * @throws DocumentError naming the place of a schema that does not compile or an extension that points nowhere.
 */
export function compileOperation(
  document: OpenApiDocument,
  schemas: Schemas,
  operation: Operation,
): CompiledOperation {
  const contents = operation.requestBody?.content ?? [];
  const body = contents.find(({ type }) => isJson(type));
  for (const media of contents) checkSchema(schemas, media);
  for (const response of operation.responses) checkResponse(document, schemas, response, body?.schema);
  const { idempotencyKey } = operation;
  if (idempotencyKey !== undefined) {
    requirePlace(
      document,
      body?.schema,
      idempotencyKey.pointer,
      `${operation.pointer}/x-idempotency-key/at`,
      "request body",
    );
  }
  const answer = operation.responses
    .find(({ status }) => /^2\d\d$/.test(status))
    ?.content.find(({ type }) => isJson(type));
  return {
    operation,
    bodySchema: body?.schema,
    fitsBody: body?.schema === undefined ? () => true : fitting(schemas, body.schema),
    key: idempotencyKey === undefined ? undefined : parsePointer(idempotencyKey.pointer),
    refusal: refusalStatus(operation.responses),
    answerTypes: answerTypes(operation.responses),
    success: compileSuccess(document, schemas, operation.responses),
    unusual:
      operation.parameters.some((parameter) => !isFreeText(document, parameter)) ||
      contents.some(({ type }) => !isJson(type)),
    fitsSuccess: answer?.schema === undefined ? undefined : fitting(schemas, answer.schema),
    parametersOf: pathParameters(operation.path),
    refusalOf: memoize((status) => documentedRefusal(operation.responses, status)),
  };
}

function answerTypes(responses: readonly Response[]): readonly string[] {
  if (responses.some(({ status, content }) => status.startsWith("2") && content.length === 0)) return [];
  return [...new Set(responses.flatMap(({ content }) => content.map(({ type }) => essence(type))))];
}

function checkResponse(
  document: OpenApiDocument,
  schemas: Schemas,
  response: Response,
  requestSchema: string | undefined,
): void {
  for (const media of response.content) {
    checkSchema(schemas, media);
    if (media.schema === undefined) continue;
    for (const { pointer, rule } of listGeneratedValues(document, media.schema)) {
      if (isGenerateRule(rule)) continue;
      const [place] = schemasAt(document, media.schema, pointer).filter(
        ({ node }) => node["x-generate"] === rule,
      );
      throw new DocumentError(`${place?.pointer ?? media.schema}/x-generate`, `${rule} is not known`);
    }
  }
  const responseSchema = response.content.find(({ type }) => isJson(type))?.schema;
  for (const echo of response.echo) {
    const place = `${response.pointer}/x-echo`;
    requirePlace(document, responseSchema, echo.response, place, "response");
    requirePlace(document, requestSchema, echo.request, place, "request body");
  }
}

function checkSchema(schemas: Schemas, media: MediaType): void {
  if (media.schema !== undefined) schemas.check(media.schema);
}

function fitting(schemas: Schemas, schema: string): (value: Json) => boolean {
  const validator = onFirstUse(() => schemas.at(schema));
  return (value) => validator()(value);
}

function requirePlace(
  document: OpenApiDocument,
  schema: string | undefined,
  pointer: string,
  place: string,
  whole: string,
): void {
  if (schema !== undefined && schemasAt(document, schema, pointer).length > 0) return;
  throw new DocumentError(place, `${pointer} leads nowhere in the ${whole}`);
}

/** As documented; 422 where neither it nor 400 is, which is what Prism does. */
function refusalStatus(responses: readonly Response[]): number {
  return responses.some(({ status }) => status === "400") ? 400 : 422;
}
