import { asDocument, formatPointer, type Json, type OpenApiDocument } from "@dots-payouts/openapi";
import type { Answer, Model, Parameter, Writing } from "./model.ts";

const ROUTE = "/things/{id}";

/** A document with one operation, or one event, written in one of the possible ways. */
export function documentOf(model: Model, writing: Writing): OpenApiDocument {
  const components: Record<string, Record<string, Json>> = { securitySchemes: schemes(model.otherKey) };
  /** A node, or a reference to it. */
  const put = (kind: string, name: string, node: Json): Json => {
    if (!writing.byReference) return node;
    components[kind] = { ...components[kind], [name]: node };
    return { $ref: `#${formatPointer(["components", kind, name])}` };
  };
  const inOrder = <T>(list: readonly T[]): T[] => (writing.backwards ? [...list].reverse() : [...list]);
  const { odd } = model;
  const oddAt = (place: string): Record<string, Json> => (odd?.at === place ? { "x-odd": odd.value } : {});

  const parameters = inOrder(asked(model, writing)).map((one) =>
    put("parameters", `${one.in}-${one.name}`, parameterNode(one)),
  );
  const [firstStatus] = Object.keys(model.answers).sort();
  const answers = inOrder(Object.entries(model.answers)).map(([status, answer]): [string, Json] => [
    status,
    put("responses", `r${status}`, {
      description: "An answer.",
      ...answerNode(answer),
      ...(status === firstStatus ? oddAt("answer") : {}),
    }),
  ]);
  const body =
    model.body === undefined
      ? {}
      : {
          requestBody: put("requestBodies", "b", {
            content: contentNode(model.body.content),
            required: model.body.required,
            ...oddAt("body"),
          }),
        };
  const security: Json = inOrder(model.security).map((way) =>
    Object.fromEntries(Object.entries(way).map(([name, scopes]): [string, Json] => [name, [...scopes]])),
  );
  const servers: Json = model.servers.map((url) => ({ url }));
  const at = (place: Writing["serversAt"]): Record<string, Json> =>
    writing.serversAt === place && !writing.event ? { servers } : {};

  const operation: Record<string, Json> = {
    operationId: "make",
    ...(writing.event ? {} : { "x-client": "things.make" }),
    ...(writing.parametersAtPath ? {} : { parameters }),
    ...body,
    responses: Object.fromEntries(answers),
    ...(model.key === undefined ? {} : { "x-idempotency-key": { ...model.key } }),
    ...(writing.securityAtDocument || writing.event ? {} : { security }),
    ...oddAt("operation"),
    ...at("operation"),
  };
  const item: Json = {
    post: operation,
    ...(writing.parametersAtPath ? { parameters } : {}),
    ...oddAt("path"),
    ...at("path"),
  };
  return asDocument({
    openapi: "3.1.0",
    ...(writing.event ? { paths: {}, webhooks: { made: item } } : { paths: { [ROUTE]: item } }),
    ...(writing.securityAtDocument && !writing.event ? { security } : {}),
    ...at("document"),
    components,
  });
}

/** Events have no path for a value. */
export function asked({ parameters }: Model, { event }: Writing): readonly Parameter[] {
  return event ? parameters.filter((one) => one.in !== "path") : parameters;
}

function parameterNode({ explode, ...node }: Parameter): Json {
  return { ...node, ...(explode === undefined ? {} : { explode }) };
}

function answerNode({ content, headers }: Answer): Record<string, Json> {
  const listed = Object.entries(headers).map(([name, node]): [string, Json] => [name, { ...node }]);
  return {
    ...(Object.keys(content).length === 0 ? {} : { content: contentNode(content) }),
    ...(listed.length === 0 ? {} : { headers: Object.fromEntries(listed) }),
  };
}

function contentNode(content: Readonly<Record<string, Json>>): Json {
  return Object.fromEntries(
    Object.entries(content).map(([type, schema]): [string, Json] => [type, { schema }]),
  );
}

function schemes(otherKey: boolean): Record<string, Json> {
  const flows = {
    clientCredentials: { tokenUrl: "https://one.test/token", scopes: { read: "Read", write: "Write" } },
  };
  return {
    k: { type: "apiKey", in: "header", name: otherKey ? "X-Other" : "X-Key" },
    b: { type: "http", scheme: "basic" },
    o: { type: "oauth2", flows },
  };
}
