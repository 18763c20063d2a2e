import {
  DocumentError,
  listOperations,
  type OpenApiDocument,
  type Operation,
  parsePointer,
} from "@dots-payouts/openapi";
import { camelCase } from "../names.ts";
import { separatorsOf } from "./query-style.ts";

/** What the client has to know of each operation while it runs. */
export function operations(document: OpenApiDocument): string {
  const all = listOperations(document);
  for (const operation of all) requireBasic(operation);
  requireDistinct(all);
  const constants = all.map(
    (operation) => `export const ${camelCase(operation.id)}: Operation = ${describe(document, operation)};\n`,
  );
  return `import type { Operation } from "../operation.ts";

${constants.join("")}
export const operations: readonly Operation[] = [${all.map(({ id }) => camelCase(id)).join(", ")}];
`;
}

function describe(document: OpenApiDocument, operation: Operation): string {
  const fields = [
    `id: ${JSON.stringify(operation.id)}`,
    `method: ${JSON.stringify(operation.method)}`,
    `path: ${JSON.stringify(operation.path)}`,
  ];
  if (operation.idempotencyKey !== undefined) {
    fields.push(`key: ${JSON.stringify(parsePointer(operation.idempotencyKey))}`);
  }
  const separators = separatorsOf(document, operation.parameters);
  if (Object.keys(separators).length > 0) fields.push(`separators: ${JSON.stringify(separators)}`);
  if (!hasAnswer(operation)) fields.push("empty: true");
  return `{ ${fields.join(", ")} }`;
}

/** Whether a success of the operation brings content. */
function hasAnswer(operation: Operation): boolean {
  return operation.responses.some(({ status, content }) => status.startsWith("2") && content.length > 0);
}

/** Sending no credentials, or others than those asked for, must not be found out by the first call that fails. */
function requireBasic(operation: Operation): void {
  const alternatives = operation.security;
  const basic = alternatives.some(
    (schemes) => schemes.length === 1 && schemes[0]?.type === "http" && schemes[0].scheme === "basic",
  );
  if (alternatives.length > 0 && !basic) {
    throw new DocumentError(operation.pointer, "the client can log in with HTTP Basic only");
  }
}

/** Two constants of one name would not compile. */
function requireDistinct(operations: readonly Operation[]): void {
  const seen = new Map<string, Operation>();
  for (const operation of operations) {
    const other = seen.get(camelCase(operation.id));
    if (other !== undefined) {
      throw new DocumentError(operation.pointer, `${operation.id} and ${other.id} get the same name`);
    }
    seen.set(camelCase(operation.id), operation);
  }
}
