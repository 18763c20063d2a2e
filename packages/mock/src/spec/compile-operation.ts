import {
  contentFor,
  covers,
  DocumentError,
  essence,
  isJson,
  type Json,
  jsonContent,
  listGeneratedValues,
  type MediaType,
  memoize,
  type OpenApiDocument,
  type Operation,
  onFirstUse,
  type Response,
  responseFor,
  schemasAt,
  successResponses,
} from "@dots-payouts/openapi";
import { type DocumentedBody, documentedBody } from "../sample/documented-body.ts";
import { isGenerateRule } from "../sample/fresh-values.ts";
import type { Schemas } from "../schema/validators.ts";
import { type DocumentedRefusal, documentedRefusal } from "./documented-refusal.ts";
import { type KeyRules, keyRules } from "./key-rules.ts";
import { type MagicValues, magicValues } from "./magic-values.ts";
import { makesIds } from "./makes-ids.ts";
import { type OwnSuccesses, ownSuccesses } from "./own-successes.ts";
import { type ParameterCheck, parameterChecks } from "./parameter-checks.ts";
import { type PathParameters, pathParameters } from "./path-parameters.ts";

/** The JSON of a request body, for one media type or a range of them. */
interface RequestJson {
  readonly type: string;
  /** JSON Pointer to the schema. */
  readonly schema: string;
  readonly fits: (body: Json) => boolean;
}

/** An operation, with everything computed before its first request, except its schemas, which are compiled then. */
export interface CompiledOperation {
  readonly operation: Operation;
  /** The documented JSON of a request body in this media type, if it has a schema. */
  readonly requestJson: (type: string) => RequestJson | undefined;
  /** The rules of its idempotency key. */
  readonly key: KeyRules | undefined;
  /** The status for a request that breaks its schema. */
  readonly refusalStatus: number;
  /** The content types of its responses, without duplicates; empty if a success needs no content. */
  readonly answerTypes: readonly string[];
  /**
   * The success that a request gets, if it doesn't need Prism; `undefined` if Prism makes it.
   * @param code the status that the request asks for; otherwise that of the success whose condition (`x-when`) the
   * request meets, or the usual one
   */
  readonly ownSuccess: OwnSuccesses;
  /** The parameters to check. */
  readonly parameterChecks: readonly ParameterCheck[];
  /** Whether Prism has to check the request, because its content is not JSON. */
  readonly prismChecks: boolean;
  /** What is documented for an answer with a status and media type. */
  readonly documentedBody: (status: number, type: string) => DocumentedBody | undefined;
  readonly parametersOf: PathParameters;
  /** Whether the IDs in its answer are generated for it, so that no other resource has them. */
  readonly makesIds: boolean;
  /** Where the mock reacts to special values (`x-mock`). */
  readonly magicValues: readonly MagicValues[];
  /** How a refusal with a status is documented. */
  readonly refusalOf: (status: number) => DocumentedRefusal | undefined;
}

/**
 * Checks everything that an operation refers to.
 * @throws DocumentError naming the place of a schema that does not compile or an extension that points nowhere.
 */
export function compileOperation(
  document: OpenApiDocument,
  schemas: Schemas,
  operation: Operation,
): CompiledOperation {
  const { responses, idempotencyKey } = operation;
  const contents = operation.requestBody?.content ?? [];
  const sent = jsonContent(contents)?.schema;
  for (const media of contents) checkSchema(schemas, media);
  for (const response of responses) checkResponse(document, schemas, response, sent);
  if (idempotencyKey !== undefined) {
    requirePlace(
      document,
      sent,
      idempotencyKey.pointer,
      `${operation.pointer}/x-idempotency-key/at`,
      "request body",
    );
  }
  const bodies = new Map(
    responses.flatMap((response) =>
      response.content.map((media) => [media, documentedBody(document, schemas, response, media)] as const),
    ),
  );
  return {
    operation,
    requestJson: requestJson(schemas, contents),
    key: keyRules(operation),
    refusalStatus: refusalStatus(responses),
    answerTypes: answerTypes(responses),
    ownSuccess: ownSuccesses(document, responses, bodies),
    parameterChecks: parameterChecks(document, schemas, operation),
    prismChecks: contents.some(({ type }) => !isJson(type)),
    documentedBody(status, type) {
      const media = contentFor(responseFor(responses, status)?.content ?? [], type);
      return media === undefined ? undefined : bodies.get(media);
    },
    parametersOf: pathParameters(operation.path),
    magicValues: sent === undefined ? [] : magicValues(document, sent),
    makesIds: makesIds(document, operation),
    refusalOf: memoize((status) => documentedRefusal(responses, status)),
  };
}

function requestJson(schemas: Schemas, contents: readonly MediaType[]): CompiledOperation["requestJson"] {
  const documented = contents.flatMap(({ type, schema }): RequestJson[] => {
    if (schema === undefined || !(isJson(type) || covers(type, "application/json"))) return [];
    const validator = onFirstUse(() => schemas.at(schema));
    return [{ type, schema, fits: (body) => validator()(body) }];
  });
  // Nearly all have one, and the sent type was already checked.
  return contents.length === 1 ? () => documented[0] : (type) => contentFor(documented, type);
}

function answerTypes(responses: readonly Response[]): readonly string[] {
  if (successResponses(responses).some(({ content }) => content.length === 0)) return [];
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
  const responseSchema = jsonContent(response.content)?.schema;
  for (const echo of response.echo) {
    const place = `${response.pointer}/x-echo`;
    requirePlace(document, responseSchema, echo.response, place, "response");
    requirePlace(document, requestSchema, echo.request, place, "request body");
  }
}

function checkSchema(schemas: Schemas, media: MediaType): void {
  if (media.schema !== undefined) schemas.check(media.schema);
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

/** As documented; 422 if neither 422 nor 400 is, like Prism. */
function refusalStatus(responses: readonly Response[]): number {
  return responses.some(({ status }) => status === "400") ? 400 : 422;
}
