import {
  concreteType,
  isObject,
  type Json,
  type OpenApiDocument,
  type Operation,
  type Parameter,
  schemaParts,
  successResponses,
} from "@dots-payouts/openapi";

/** A request as `fetch` takes it. */
export interface SampleRequest {
  readonly path: string;
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
}

/**
 * A request that comes close to what an operation takes: what is required is there, by its example or in form. It need
 * not be valid.
 */
export function sampleRequest(document: OpenApiDocument, operation: Operation): SampleRequest {
  const { method, parameters, responses, requestBody } = operation;
  const success = successResponses(responses).find(({ content }) => content.length > 0);
  const headers: Record<string, string> = { accept: success?.content[0]?.type ?? "*/*" };
  const query = new URLSearchParams();
  let path = operation.path;
  for (const parameter of parameters.filter(({ required }) => required)) {
    const value = valueFor(document, parameter);
    if (parameter.in === "path") path = path.replace(`{${parameter.name}}`, inPath(parameter, value));
    if (parameter.in === "query") query.set(parameter.name, value);
    if (parameter.in === "header" && headers[parameter.name.toLowerCase()] === undefined)
      headers[parameter.name] = value;
    if (parameter.in === "cookie") headers["cookie"] = `${parameter.name}=${value}`;
  }
  for (const { type, scheme, node } of operation.security[0] ?? []) {
    const name = String(node["name"]);
    if (type === "http" && scheme === "basic") headers["authorization"] = `Basic ${btoa("client:key")}`;
    else if (type !== "apiKey") headers["authorization"] = "Bearer key";
    else if (node["in"] === "query") query.set(name, "key");
    else headers[node["in"] === "cookie" ? "cookie" : name] = node["in"] === "cookie" ? `${name}=key` : "key";
  }
  const media = method === "GET" || method === "HEAD" ? undefined : requestBody?.content[0];
  const example = media?.examples[0]?.value ?? {};
  const search = query.size === 0 ? "" : `?${query}`;
  if (media === undefined) return { path: path + search, method, headers };
  headers["content-type"] = concreteType(media.type);
  return {
    path: path + search,
    method,
    headers,
    body: typeof example === "string" ? example : JSON.stringify(example),
  };
}

function valueFor(document: OpenApiDocument, { node, schema }: Parameter): string {
  const nodes = schema === undefined ? [] : schemaParts(document, schema).map((part) => part.node);
  const found = (key: string): Json[] => nodes.flatMap((one) => one[key] ?? []);
  const named = isObject(node["examples"]) ? Object.values(node["examples"]) : [];
  const values = named.flatMap((example) => (isObject(example) ? (example["value"] ?? []) : []));
  const given = [
    node["example"] ?? [],
    values,
    found("example"),
    found("examples"),
    found("default"),
    found("enum"),
  ].flat();
  const [value] = given.filter((one) => typeof one !== "object");
  if (value !== undefined) return String(value);
  if (found("format").includes("uuid")) return "2f1c9d3a-7b64-4e05-9a8d-c3b1f0e5d726";
  return found("type").some((type) => type === "integer" || type === "number") ? "1" : "text";
}

function inPath({ name, node }: Parameter, value: string): string {
  const encoded = encodeURIComponent(value);
  if (node["style"] === "label") return `.${encoded}`;
  return node["style"] === "matrix" ? `;${name}=${encoded}` : encoded;
}
