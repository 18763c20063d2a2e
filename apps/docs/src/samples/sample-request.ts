import { isObject, type Json, type Operation, type Parameter } from "@dots-payouts/openapi";
import { withKeyPlace } from "./sample-key.ts";
import { type SampleLogin, sampleLogin } from "./sample-login.ts";

/** One request of an operation, with all that a sample has to say. */
export interface SampleRequest {
  /** Names the sample among those of its operation. */
  readonly name: string;
  readonly title: string;
  readonly method: string;
  /** With its parameters filled in, and with its query. */
  readonly path: string;
  /** The values of the path's parameters, in its order. */
  readonly parameters: readonly string[];
  /** The required parameters of the query. */
  readonly query: Readonly<Record<string, string | number>>;
  readonly login: SampleLogin;
  /** With a place for the fresh idempotency key, where the operation takes one. */
  readonly body: Json | undefined;
  /** Whether the body has a place for an idempotency key. */
  readonly takesKey: boolean;
  readonly contentType: string | undefined;
  /** Whether a success brings something to be read. */
  readonly isAnswered: boolean;
  /** `resource.method` of the client. */
  readonly client: string | undefined;
}

/** Where the mock listens that `pnpm start` and `dots-mock` run: a sample works as it stands. */
export const MOCK_URL = "http://127.0.0.1:4010";

/** How long a sample waits for its answer. */
export const TIMEOUT_SECONDS = 30;

/**
 * A request for each example of an operation's JSON body, or one where it takes none. None at all for an operation that
 * asks for more than samples show: other credentials, or parameters in headers and cookies.
 */
export function sampleRequests(operation: Operation): SampleRequest[] {
  const { method, client, requestBody, responses } = operation;
  const login = sampleLogin(operation);
  const required = operation.parameters.filter((parameter) => parameter.required);
  const isElsewhere = required.some(({ in: place, schema }) => isApart(place) || schema === undefined);
  if (login === undefined || isElsewhere) return [];
  const names = [...operation.path.matchAll(/\{(.+?)\}/g)].map(([, name = ""]) => name);
  const parameters = names.map((name) => parameterValue(operation, name));
  const filled = names.reduce(
    (path, name, index) => path.replace(`{${name}}`, encodeURIComponent(parameters[index] ?? "")),
    operation.path,
  );
  const query = Object.fromEntries(
    required.flatMap((parameter) =>
      parameter.in === "query" ? [[parameter.name, queryValue(operation, parameter)]] : [],
    ),
  );
  const pairs = Object.entries(query).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
  );
  const path = pairs.length === 0 ? filled : `${filled}?${pairs.join("&")}`;
  const success = responses.find(({ status }) => status.startsWith("2"));
  const isAnswered = (success?.content.length ?? 0) > 0;
  const common = { method, client, path, parameters, query, login, isAnswered };
  if (requestBody === undefined) {
    const title = operation.summary ?? operation.id;
    return [
      { ...common, name: operation.id, title, body: undefined, takesKey: false, contentType: undefined },
    ];
  }
  const json = requestBody.content.filter(({ type }) => /^application\/([\w.-]+\+)?json\b/i.test(type));
  return json.flatMap((media) =>
    media.examples.map((example) => ({
      ...common,
      name: example.name,
      title: example.summary ?? example.name,
      body: withKeyPlace(example.value, operation),
      takesKey: operation.idempotencyKey !== undefined,
      contentType: media.type,
    })),
  );
}

function isApart(place: string): boolean {
  return place !== "path" && place !== "query";
}

function queryValue(operation: Operation, { name, node }: Parameter): string | number {
  const value = parameterValue(operation, name, "query");
  const type = isObject(node["schema"]) ? node["schema"]["type"] : undefined;
  const isNumber = (type === "integer" || type === "number") && !Number.isNaN(Number(value));
  return isNumber ? Number(value) : value;
}

/** The documented example of a parameter, or else an ID that is one in form. */
function parameterValue({ parameters }: Operation, name: string, place = "path"): string {
  const node = parameters.find((parameter) => parameter.in === place && parameter.name === name)?.node ?? {};
  const schema = isObject(node["schema"]) ? node["schema"] : {};
  const listed = [schema["examples"] ?? [], schema["enum"] ?? []].flat();
  const given = node["example"] ?? schema["example"] ?? listed[0];
  if (given !== undefined) return String(given);
  if (schema["format"] === "uuid") return "6d1c9a7e-0f5b-4c38-bb1d-2a9f0e7c4d51";
  return schema["type"] === "integer" || schema["type"] === "number" ? "1" : `${name}-1`;
}
