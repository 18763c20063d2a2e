import {
  DocumentError,
  jsonContent,
  type OpenApiDocument,
  type Operation,
  type Parameter,
} from "@dots-payouts/openapi";
import { camelCase } from "../../text/names.ts";
import { mayBeText } from "../document/successes.ts";
import { parameterObject } from "../types/path-types.ts";
import { schemaAt } from "../types/schema-type.ts";
import { operationName } from "./operation-name.ts";
import { separatorOf } from "./query-style.ts";

/** An argument of a method, before its options. */
export interface MethodInput {
  readonly place: "path" | "body" | "query";
  /** The argument's name; that of a path parameter is made of the parameter's. */
  readonly name: string;
  /** The parameter's name in the path template; for body and query that of the argument. */
  readonly key: string;
  readonly type: string;
  readonly optional: boolean;
}

/**
 * The arguments of an operation's method: each path parameter in the order of the path, then the body, then an object
 * of query parameters.
 * @throws DocumentError if the client can't send what the operation takes.
 */
export function methodInputs(document: OpenApiDocument, operation: Operation): readonly MethodInput[] {
  const { parameters, pointer } = operation;
  const unsendable = parameters.find(({ in: place, required }) => place === "cookie" && required);
  if (unsendable !== undefined) {
    throw new DocumentError(
      pointer,
      `the client has no way to send ${unsendable.name}, a parameter that is required in ${unsendable.in}`,
    );
  }
  for (const parameter of parameters)
    if (!isOther(parameter.in)) requireSendable(document, operation, parameter);
  const inputs = [
    ...pathInputs(document, operation),
    ...bodyInput(document, operation),
    ...queryInput(document, operation),
  ];
  const last = requiredHeaders(operation).length > 0;
  // Only the last arguments of a function can be left out.
  return inputs.map((input, index) =>
    input.optional && (last || inputs.slice(index + 1).some(({ optional }) => !optional))
      ? { ...input, optional: false, type: `${input.type} | undefined` }
      : input,
  );
}

/** The names of the headers that a caller has to give. Those of OpenAPI's own are never parameters (§4.8.12). */
export function requiredHeaders({ parameters }: Operation): string[] {
  return parameters
    .filter(
      ({ in: place, name, required }) =>
        place === "header" && required && !/^(accept|content-type|authorization)$/i.test(name),
    )
    .map(({ name }) => name);
}

function isOther(place: string): boolean {
  return place !== "path" && place !== "query";
}

function pathInputs(document: OpenApiDocument, { id, path, parameters, pointer }: Operation): MethodInput[] {
  const taken = new Set(["body", "query", "options", "call", "fillPath", "list", operationName(id)]);
  return [...path.matchAll(/\{(.+?)\}/g)].map(([, key = ""]) => {
    const parameter = parameters.find(({ name, in: place }) => place === "path" && name === key);
    if (parameter === undefined) {
      throw new DocumentError(pointer, `the path parameter ${key} is not declared`);
    }
    let name = camelCase(key);
    while (taken.has(name)) name += "_";
    taken.add(name);
    const type = parameter.schema === undefined ? "string" : schemaAt(document, parameter.schema).text;
    return { place: "path", name, key, type, optional: false };
  });
}

function bodyInput(document: OpenApiDocument, operation: Operation): MethodInput[] {
  const { requestBody, pointer } = operation;
  if (requestBody === undefined) return [];
  const media = jsonContent(requestBody.content);
  const isText = media !== undefined && mayBeText(document, media);
  if (media === undefined || isText) {
    const types = requestBody.content.map(({ type }) => type).join(", ");
    throw new DocumentError(`${pointer}/requestBody`, `the client can send JSON only, not ${types}`);
  }
  const type = media.schema === undefined ? "unknown" : schemaAt(document, media.schema).text;
  return [{ place: "body", name: "body", key: "body", type, optional: !requestBody.required }];
}

function queryInput(document: OpenApiDocument, { parameters }: Operation): MethodInput[] {
  const query = parameters.filter((parameter) => parameter.in === "query");
  if (query.length === 0) return [];
  const type = parameterObject(document, query).text;
  const optional = query.every(({ required }) => !required);
  return [{ place: "query", name: "query", key: "query", type, optional }];
}

function requireSendable(document: OpenApiDocument, operation: Operation, parameter: Parameter): void {
  const problem = separatorOf(document, parameter);
  if (typeof problem === "object") {
    throw new DocumentError(operation.pointer, `the parameter ${parameter.name}: ${problem.problem}`);
  }
}
