import {
  DocumentError,
  listOperations,
  memoizeByObject,
  type OpenApiDocument,
  type Operation,
} from "@dots-payouts/openapi";
import { successes } from "../document/successes.ts";
import { schemaAt } from "../types/schema-type.ts";
import { atom, UNKNOWN, union } from "../types/type-text.ts";
import { cursors, itemSchema } from "./checked-values.ts";
import { type MethodInput, methodInputs, requiredHeaders } from "./method-inputs.ts";

/** A method of the client. */
export interface Method {
  readonly resource: string;
  readonly name: string;
  readonly operation: Operation;
  readonly inputs: readonly MethodInput[];
  /** The return type of the method. */
  readonly answer: string;
  /** Whether it returns a list that can be iterated page by page. */
  readonly hasPages: boolean;
}

/** The methods of the client, in the order of their operations. */
export const readMethods: (opened: OpenApiDocument) => readonly Method[] = memoizeByObject((opened) =>
  listOperations(opened).flatMap((operation) => readMethod(opened, operation)),
);

function readMethod(document: OpenApiDocument, operation: Operation): Method[] {
  if (operation.client === undefined) return [];
  const [, resource, name] =
    /^(\p{ID_Start}\p{ID_Continue}*)\.(\p{ID_Start}\p{ID_Continue}*)$/u.exec(operation.client) ?? [];
  if (resource === undefined || name === undefined) {
    throw new DocumentError(`${operation.pointer}/x-client`, "a name of the form resource.method is needed");
  }
  if (resource === "http" || resource === "constructor") {
    throw new DocumentError(
      `${operation.pointer}/x-client`,
      `the client uses ${resource} for something else`,
    );
  }
  if (name === "then") {
    throw new DocumentError(
      `${operation.pointer}/x-client`,
      `${operation.client} would be called by code that awaits ${resource}`,
    );
  }
  const inputs = methodInputs(document, operation);
  const answer = readAnswer(document, operation);
  const item = itemSchema(document, operation);
  const hasPages =
    item !== undefined &&
    cursors(operation).after !== undefined &&
    inputs.some(({ place }) => place === "query") &&
    !inputs.some(({ place }) => place === "body");
  return [
    {
      resource,
      name,
      operation,
      inputs,
      answer: hasPages ? `ApiList<${answer}, ${schemaAt(document, item).text}>` : `ApiCall<${answer}>`,
      hasPages,
    },
  ];
}

function readAnswer(document: OpenApiDocument, operation: Operation): string {
  const types = successes(document, operation).map(({ media }) => {
    if (media === undefined) return atom("undefined");
    return media.schema === undefined ? UNKNOWN : schemaAt(document, media.schema);
  });
  return types.length === 0 ? "undefined" : union(types).text;
}

/** The parameters of a method, with their types. */
export function signatureOf({ inputs, operation }: Method): string {
  const options = operation.idempotencyKey === undefined ? "CallOptions" : "KeyedCallOptions";
  const headers = requiredHeaders(operation).map((name) => `readonly ${JSON.stringify(name)}: string`);
  return [
    ...inputs.map(({ name, type, optional }) => `${name}${optional ? "?" : ""}: ${type}`),
    // Required headers make the options required.
    headers.length === 0
      ? `options?: ${options}`
      : `options: ${options} & { readonly headers: { ${headers.join("; ")} } }`,
  ].join(", ");
}

/** The names of a method's parameters. */
export function parametersOf({ inputs }: Method): string {
  return [...inputs.map(({ name }) => name), "options"].join(", ");
}

/** The call that a method makes, with the constant of its operation. */
export function callOf(method: Method, operation: string): string {
  if (method.hasPages) {
    const path = pathValues(method);
    return `list(${["call", operation, "query", "options", ...(path === undefined ? [] : [path])].join(", ")})`;
  }
  return `call(${[operation, "options", ...sent(method, operation)].join(", ")})`;
}

/** The arguments of the call after its options: the body, and a function that makes the path if it has parameters. */
function sent(method: Method, operation: string): string[] {
  const { inputs } = method;
  const body = inputs.some(({ place }) => place === "body");
  const path = pathValues(method);
  const query = inputs.some(({ place }) => place === "query");
  if (path === undefined && !query) return body ? ["body"] : [];
  const filled = [operation, path ?? "{}", ...(query ? ["query"] : [])];
  return [body ? "body" : "undefined", `() => fillPath(${filled.join(", ")})`];
}

/** The values of the path's parameters, as an object; `undefined` if there are none. */
function pathValues({ inputs }: Method): string | undefined {
  const path = inputs.filter(({ place }) => place === "path");
  const entries = path.map(({ key, name }) => (key === name ? name : `${JSON.stringify(key)}: ${name}`));
  return entries.length > 0 ? `{ ${entries.join(", ")} }` : undefined;
}
