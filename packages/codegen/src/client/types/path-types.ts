import { listOperations, type OpenApiDocument, type Operation, type Parameter } from "@dots-payouts/openapi";
import { docComment } from "../../text/doc-comment.ts";
import { schemaAt } from "./schema-type.ts";
import { atom, type Member, objectOf, propertyKey, type TypeText, UNKNOWN } from "./type-text.ts";

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/** The types of all paths and operations, in the form that openapi-fetch expects. */
export function pathTypes(document: OpenApiDocument): string {
  const operations = listOperations(document);
  const types = operations.map(
    (operation): Member => ({
      comment: "",
      key: propertyKey(operation.id),
      type: operationType(document, operation),
    }),
  );
  const paths = [...new Set(operations.map(({ path }) => path))].map((path): Member => {
    const own = operations.filter((operation) => operation.path === path);
    return { comment: "", key: JSON.stringify(path), type: pathType(own) };
  });
  return `export interface operations ${objectOf(types).text}

export interface paths ${objectOf(paths).text}
`;
}

function pathType(operations: readonly Operation[]): TypeText {
  const members = METHODS.map((method): Member => {
    const operation = operations.find((other) => other.method.toLowerCase() === method);
    if (operation === undefined) return { comment: "", key: `${method}?`, type: atom("never") };
    const { id, summary, description, deprecated } = operation;
    const comment = docComment([summary, description, deprecated ? "@deprecated" : undefined]);
    return { comment, key: method, type: atom(`operations[${JSON.stringify(id)}]`) };
  });
  return objectOf([{ comment: "", key: "parameters", type: parametersType({}, []) }, ...members]);
}

function operationType(document: OpenApiDocument, operation: Operation): TypeText {
  const { parameters, requestBody, responses } = operation;
  const body: Member =
    requestBody === undefined
      ? { comment: "", key: "requestBody?", type: atom("never") }
      : {
          comment: "",
          key: requestBody.required ? "requestBody" : "requestBody?",
          type: objectOf([contentMember(document, requestBody.content)]),
        };
  const answers = responses.map(
    ({ status, description, content }): Member => ({
      comment: docComment([description]),
      key: /^\d+$/.test(status) ? status : JSON.stringify(status),
      type: objectOf([
        { comment: "", key: "headers", type: atom("{ [name: string]: unknown }") },
        contentMember(document, content),
      ]),
    }),
  );
  return objectOf([
    { comment: "", key: "parameters", type: parametersType(document, parameters) },
    body,
    { comment: "", key: "responses", type: objectOf(answers) },
  ]);
}

function contentMember(
  document: OpenApiDocument,
  content: readonly { readonly type: string; readonly schema: string | undefined }[],
): Member {
  if (content.length === 0) return { comment: "", key: "content?", type: atom("never") };
  const members = content.map(
    ({ type, schema }): Member => ({
      comment: "",
      key: JSON.stringify(type),
      type: schema === undefined ? UNKNOWN : schemaAt(document, schema),
    }),
  );
  return { comment: "", key: "content", type: objectOf(members) };
}

function parametersType(document: OpenApiDocument, parameters: readonly Parameter[]): TypeText {
  return objectOf(
    ["query", "header", "path", "cookie"].map((place): Member => {
      const own = parameters.filter((parameter) => parameter.in === place);
      if (own.length === 0) return { comment: "", key: `${place}?`, type: atom("never") };
      const key = own.some(({ required }) => required) ? place : `${place}?`;
      return { comment: "", key, type: parameterObject(document, own) };
    }),
  );
}

/** The type of an object with these parameters. */
export function parameterObject(document: OpenApiDocument, parameters: readonly Parameter[]): TypeText {
  return objectOf(
    parameters.map(({ name, required, description, schema, node }) => ({
      comment: docComment([description, node["deprecated"] === true ? "@deprecated" : undefined]),
      key: `${propertyKey(name)}${required ? "" : "?"}`,
      type: schema === undefined ? UNKNOWN : schemaAt(document, schema),
    })),
  );
}
