import {
  concreteType,
  fillParameter,
  formFields,
  isForm,
  isObject,
  type Json,
  type MediaType,
  type OpenApiDocument,
  type Operation,
  type Parameter,
  parameterSample,
  plainSamples,
  successResponses,
  writtenPairs,
} from "@dots-payouts/openapi";
import type { CompiledSchemas } from "@dots-payouts/openapi/validation";

/** The example of a body, or else a value that matches its schema, if one is found. */
function bodyOf(document: OpenApiDocument, schemas: CompiledSchemas, { examples, schema }: MediaType): Json {
  const [example] = examples;
  if (example !== undefined || schema === undefined) return example?.value ?? {};
  const fits = schemas.at(schema);
  return [...plainSamples(document, schema)].find((sample) => fits(sample)) ?? {};
}

/** A request as `fetch` takes it. */
export interface SampleRequest {
  readonly path: string;
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
}

/**
 * An approximate request for an operation: required values are present, from examples or by type. It need not be valid.
 */
export function sampleRequest(schemas: CompiledSchemas, operation: Operation): SampleRequest {
  const { document } = schemas;
  const { method, parameters, responses, requestBody } = operation;
  const success = successResponses(responses).find(({ content }) => content.length > 0);
  const headers: Record<string, string> = { accept: success?.content[0]?.type ?? "*/*" };
  const pairs: string[] = [];
  let path = operation.path;
  for (const parameter of parameters.filter(({ required }) => required)) {
    const sample = sampleOf(schemas, parameter);
    const value = String(sample);
    if (parameter.in === "path") path = fillParameter(path, parameter, value);
    if (parameter.in === "query") pairs.push(...writtenPairs(parameter, sample));
    if (parameter.in === "header" && headers[parameter.name.toLowerCase()] === undefined)
      headers[parameter.name] = value;
    if (parameter.in === "cookie") headers["cookie"] = `${parameter.name}=${value}`;
  }
  for (const { type, scheme, node } of operation.security[0] ?? []) {
    const name = String(node["name"]);
    if (type === "http" && scheme === "basic") headers["authorization"] = `Basic ${btoa("client:key")}`;
    else if (type !== "apiKey") headers["authorization"] = "Bearer key";
    else if (node["in"] === "query") pairs.push(`${encodeURIComponent(name)}=key`);
    else headers[node["in"] === "cookie" ? "cookie" : name] = node["in"] === "cookie" ? `${name}=key` : "key";
  }
  const media = method === "GET" || method === "HEAD" ? undefined : requestBody?.content[0];
  const example = media === undefined ? undefined : bodyOf(document, schemas, media);
  const search = pairs.length === 0 ? "" : `?${pairs.join("&")}`;
  if (media === undefined) return { path: path + search, method, headers };
  headers["content-type"] = concreteType(media.type);
  return {
    path: path + search,
    method,
    headers,
    body: written(document, media, example ?? null),
  };
}

function written(document: OpenApiDocument, media: MediaType, value: Json): string {
  if (!isForm(media.type) || !isObject(value))
    return typeof value === "string" ? value : JSON.stringify(value);
  const fields = formFields(document, media);
  const pairs = Object.entries(value).flatMap(([name, part]) =>
    writtenPairs(fields.find((field) => field.name === name) ?? { name, node: {} }, part),
  );
  return pairs.join("&");
}

/** The example of a parameter, or a value that fits its schema, where that is an object. */
function sampleOf(schemas: CompiledSchemas, parameter: Parameter): Json {
  const sample = parameterSample(schemas.document, parameter);
  if (!isObject(sample) || parameter.schema === undefined) return sample;
  const fits = schemas.at(parameter.schema);
  return [sample, ...plainSamples(schemas.document, parameter.schema)].find((one) => fits(one)) ?? sample;
}
