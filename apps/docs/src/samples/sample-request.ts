import { isObject, type Json, type Operation } from "@dots-payouts/openapi";

/** One request of an operation, with all that a sample has to say. */
export interface SampleRequest {
  /** Names the sample among those of its operation. */
  readonly name: string;
  readonly title: string;
  readonly method: string;
  /** With its parameters filled in. */
  readonly path: string;
  /** The values of the path's parameters, in its order. */
  readonly parameters: readonly string[];
  readonly body: Json | undefined;
  readonly contentType: string | undefined;
  /** Whether a success brings something to be read. */
  readonly isAnswered: boolean;
  /** `resource.method` of the client. */
  readonly client: string | undefined;
}

/** Where the mock listens that `pnpm start` and `dots-mock` run: a sample works as it stands. */
export const MOCK_URL = "http://127.0.0.1:4010";

/** Credentials of no meaning: the mock takes any. */
export const SAMPLE_CREDENTIALS = { user: "client-id", password: "api-key" } as const;

/** A request for each example of an operation's body, or one where it takes none. */
export function sampleRequests(operation: Operation): SampleRequest[] {
  const { method, client, requestBody, responses } = operation;
  const names = [...operation.path.matchAll(/\{(.+?)\}/g)].map(([, name = ""]) => name);
  const parameters = names.map((name) => parameterValue(operation, name));
  const path = names.reduce(
    (filled, name, index) => filled.replace(`{${name}}`, encodeURIComponent(parameters[index] ?? "")),
    operation.path,
  );
  const success = responses.find(({ status }) => status.startsWith("2"));
  const common = { method, client, path, parameters, isAnswered: (success?.content.length ?? 0) > 0 };
  if (requestBody === undefined) {
    const title = operation.summary ?? operation.id;
    return [{ ...common, name: operation.id, title, body: undefined, contentType: undefined }];
  }
  return requestBody.content.flatMap((media) =>
    media.examples.map((example) => ({
      ...common,
      name: example.name,
      title: example.summary ?? example.name,
      body: example.value,
      contentType: media.type,
    })),
  );
}

/** The documented example of a path parameter, or else an ID that is one in form. */
function parameterValue({ parameters }: Operation, name: string): string {
  const node = parameters.find((parameter) => parameter.in === "path" && parameter.name === name)?.node ?? {};
  const schema = isObject(node["schema"]) ? node["schema"] : {};
  const examples = schema["examples"];
  const given = node["example"] ?? schema["example"] ?? (Array.isArray(examples) ? examples[0] : undefined);
  if (given !== undefined) return String(given);
  if (schema["format"] === "uuid") return "6d1c9a7e-0f5b-4c38-bb1d-2a9f0e7c4d51";
  return schema["type"] === "integer" || schema["type"] === "number" ? "1" : `${name}-1`;
}
