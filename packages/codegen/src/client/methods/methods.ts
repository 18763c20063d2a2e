import { DocumentError, memoizeByObject, type OpenApiDocument, type Operation } from "@dots-payouts/openapi";
import { operationsOf } from "../document/operations-of.ts";
import { successes } from "../document/successes.ts";
import { schemaAt } from "../types/schema-type.ts";
import { atom, UNKNOWN, union } from "../types/type-text.ts";
import { type MethodInput, methodInputs } from "./method-inputs.ts";

/** A method of the client. */
export interface Method {
  readonly resource: string;
  readonly name: string;
  readonly operation: Operation;
  readonly inputs: readonly MethodInput[];
  readonly answer: string;
}

/** The methods of the client, in the order of their operations. */
export const readMethods: (opened: OpenApiDocument) => readonly Method[] = memoizeByObject((opened) =>
  operationsOf(opened).flatMap((operation) => readMethod(opened, operation)),
);

function readMethod(document: OpenApiDocument, operation: Operation): Method[] {
  if (operation.client === undefined) return [];
  const [, resource, name] =
    /^(\p{ID_Start}\p{ID_Continue}*)\.(\p{ID_Start}\p{ID_Continue}*)$/u.exec(operation.client) ?? [];
  if (resource === undefined || name === undefined) {
    throw new DocumentError(`${operation.pointer}/x-client`, "a name of the form resource.method is needed");
  }
  if (resource === "http" || resource === "constructor") {
    throw new DocumentError(`${operation.pointer}/x-client`, `${resource} is something else of the client's`);
  }
  if (name === "then") {
    throw new DocumentError(
      `${operation.pointer}/x-client`,
      `${operation.client} would be called by whoever awaits ${resource}`,
    );
  }
  return [
    {
      resource,
      name,
      operation,
      inputs: methodInputs(document, operation),
      answer: readAnswer(document, operation),
    },
  ];
}

function readAnswer(document: OpenApiDocument, operation: Operation): string {
  const types = successes(document, operation).map(({ media }) => {
    if (media === undefined) return atom("[]");
    return media.schema === undefined ? UNKNOWN : schemaAt(document, media.schema);
  });
  return types.length === 0 ? "[]" : union(types).text;
}

/** The names of a method's parameters. */
export function parametersOf({ inputs }: Method): string {
  return [...inputs.map(({ name }) => name), "options"].join(", ");
}

/** The call that a method makes, of the operation that a constant stands for. */
export function callOf(method: Method, operation: string): string {
  return `call(${[operation, "options", ...sent(method, operation)].join(", ")})`;
}

/** The arguments of the call after its options: the body, and what makes the path where that takes parameters. */
function sent({ inputs }: Method, operation: string): string[] {
  const body = inputs.some(({ place }) => place === "body");
  const path = inputs.filter(({ place }) => place === "path");
  const query = inputs.some(({ place }) => place === "query");
  if (path.length === 0 && !query) return body ? ["body"] : [];
  const entries = path.map(({ key, name }) => (key === name ? name : `${JSON.stringify(key)}: ${name}`));
  const filled = [
    operation,
    entries.length > 0 ? `{ ${entries.join(", ")} }` : "{}",
    ...(query ? ["query"] : []),
  ];
  return [body ? "body" : "undefined", `() => fillPath(${filled.join(", ")})`];
}
