import {
  fillParameter,
  getAt,
  isJson,
  isObject,
  type Json,
  jsonContent,
  type OpenApiDocument,
  type Operation,
  operationsOfKind,
  parameterSample,
  usualSuccess,
} from "@dots-payouts/openapi";
import { keyAdvice, withKeyPlace } from "./sample-key.ts";
import { type SampleLogin, sampleLogin } from "./sample-login.ts";

/** A request of an operation, with everything that samples need. */
export interface SampleRequest {
  /** Identifies the sample among those of its operation. */
  readonly name: string;
  readonly title: string;
  readonly method: string;
  /** With parameters filled in, and with the query. */
  readonly path: string;
  /** The values of the path's parameters, in its order. */
  readonly parameters: readonly string[];
  /** The required parameters of the query. */
  readonly query: Readonly<Record<string, string | number>>;
  readonly login: SampleLogin;
  /** With a place for the new idempotency key, if the operation takes one. */
  readonly body: Json | undefined;
  /** Whether the body has a place for an idempotency key. */
  readonly takesKey: boolean;
  /** What readers have to know about the key, as lines of a comment. */
  readonly keyAdvice: readonly string[];
  readonly contentType: string | undefined;
  /** Whether the success has a body. */
  readonly isAnswered: boolean;
  /** For a list, a name for one of its items; otherwise `undefined`. */
  readonly item: string | undefined;
  /** `resource.method` of the client. */
  readonly client: string | undefined;
}

/** Where the mock of `pnpm start` and `dots-mock` listens, so that a sample works as it is. */
export const MOCK_URL = "http://127.0.0.1:4010";

/** The time limit in a sample. */
export const TIMEOUT_SECONDS = 30;

/**
 * A request for each example of an operation's JSON body, or one request if there is no body. None if the operation
 * needs something that samples don't support: other credentials, or parameters that are headers, cookies or objects.
 */
export function sampleRequests(document: OpenApiDocument, operation: Operation): SampleRequest[] {
  const { method, client, requestBody, responses } = operation;
  const login = sampleLogin(operation);
  const required = operation.parameters.filter((parameter) => parameter.required);
  const isElsewhere = required.some(
    (parameter) =>
      isApart(parameter.in) ||
      parameter.schema === undefined ||
      isObject(parameterSample(document, parameter)),
  );
  if (login === undefined || isElsewhere) return [];
  const inPath = [...operation.path.matchAll(/\{(.+?)\}/g)].flatMap(([, name]) =>
    operation.parameters.filter((parameter) => parameter.in === "path" && parameter.name === name),
  );
  const parameters = inPath.map((parameter) =>
    String(exampleId(document, operation, parameter.name) ?? parameterSample(document, parameter)),
  );
  const filled = inPath.reduce(
    (path, parameter, index) => fillParameter(path, parameter, parameters[index] ?? ""),
    operation.path,
  );
  const query = Object.fromEntries(
    required.flatMap((parameter) =>
      parameter.in === "query" ? [[parameter.name, queryValue(parameterSample(document, parameter))]] : [],
    ),
  );
  const pairs = Object.entries(query).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
  );
  const path = pairs.length === 0 ? filled : `${filled}?${pairs.join("&")}`;
  const isAnswered = (usualSuccess(responses)?.content.length ?? 0) > 0;
  const item = operation.resource?.does === "list" ? operation.resource.kind : undefined;
  const common = { method, client, path, parameters, query, login, isAnswered, item };
  if (requestBody === undefined) {
    const title = operation.summary ?? operation.id;
    const none = { body: undefined, takesKey: false, keyAdvice: [], contentType: undefined };
    return [{ ...common, ...none, name: operation.id, title }];
  }
  const json = requestBody.content.filter(({ type }) => isJson(type));
  return json.flatMap((media) =>
    media.examples.map((example) => ({
      ...common,
      name: example.name,
      title: example.summary ?? example.name,
      body: withKeyPlace(example.value, operation),
      takesKey: operation.idempotencyKey !== undefined,
      keyAdvice: keyAdvice(operation),
      contentType: media.type,
    })),
  );
}

/** The ID in the example of a resource that this operation is about, which the example response has too. */
function exampleId(document: OpenApiDocument, { resource }: Operation, name: string): Json | undefined {
  if (resource === undefined || !("by" in resource) || resource.by !== name) return undefined;
  for (const { resource: other, responses } of operationsOfKind(document, resource.kind)) {
    if (other?.does !== "create") continue;
    const [example] = jsonContent(usualSuccess(responses)?.content ?? [])?.examples ?? [];
    const id = example === undefined ? undefined : getAt(example.value, other.id);
    if (id !== undefined) return id;
  }
  return undefined;
}

function isApart(place: string): boolean {
  return place !== "path" && place !== "query";
}

function queryValue(value: Json): string | number {
  return typeof value === "number" ? value : String(value);
}
