import { listHeaderOptions, listOperations, type OpenApiDocument } from "@dots-payouts/openapi";
import { docComment } from "../../text/doc-comment.ts";

/**
 * The headers for which the client has an option (`x-option`), as a type and a list.
 * @throws DocumentError if two parameters share an option
 */
export function headerOptions(document: OpenApiDocument): string {
  const options = listHeaderOptions(document);
  const fields = options.map(
    ({ option, description }) =>
      `${docComment([description], "  ")}  readonly ${option}?: string | undefined;\n`,
  );
  const entries = options.map(
    ({ option, header }) => `  [${JSON.stringify(option)}, ${JSON.stringify(header)}],\n`,
  );
  const scoped = new Set(
    listOperations(document).flatMap(({ idempotencyKey }) =>
      (idempotencyKey?.scope ?? []).flatMap(
        (name) => options.find(({ option }) => option === name)?.header ?? [],
      ),
    ),
  );
  const keyHeaders = [...scoped].map((name) => name.toLowerCase());
  return `/** Options that are sent as headers. */
export interface HeaderOptions {
${fields.join("")}}

/** The name of each option, and of its header. */
export const optionHeaders: readonly (readonly [option: keyof HeaderOptions, header: string])[] = [
${entries.join("")}];

/** The headers, in lower case, that are part of an idempotency key's scope. */
export const keyHeaders: readonly string[] = ${JSON.stringify(keyHeaders)};
`;
}
