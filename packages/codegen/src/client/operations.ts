import {
  DocumentError,
  listOperations,
  type OpenApiDocument,
  type Operation,
  parsePointer,
} from "@dots-payouts/openapi";
import { docComment } from "../doc-comment.ts";
import { camelCase } from "../names.ts";

/** What the client has to know of each operation while it runs. */
export function operations(document: OpenApiDocument): string {
  const all = listOperations(document);
  for (const operation of all) requireBasic(operation);
  const constants = all.map(
    (operation) =>
      `${docComment([operation.summary])}export const ${camelCase(operation.id)}: Operation = ${describe(operation)};\n`,
  );
  return `import type { Operation } from "../operation.ts";

${constants.join("\n")}
export const operations: readonly Operation[] = [${all.map(({ id }) => camelCase(id)).join(", ")}];
`;
}

function describe(operation: Operation): string {
  const fields = [
    `id: ${JSON.stringify(operation.id)}`,
    `method: ${JSON.stringify(operation.method)}`,
    `path: ${JSON.stringify(operation.path)}`,
  ];
  if (operation.idempotencyKey !== undefined) {
    fields.push(`key: ${JSON.stringify(parsePointer(operation.idempotencyKey))}`);
  }
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
