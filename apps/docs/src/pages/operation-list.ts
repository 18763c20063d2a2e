import type { Operation } from "@dots-payouts/openapi";
import { operationUrl } from "../site/operation-address.ts";
import { shownTogether } from "../site/shown-together.ts";

/** A Markdown list of links to the operations' pages. If there are many, they are grouped by tag. */
export function operationList(operations: readonly Operation[]): string {
  if (shownTogether(operations)) return list(operations);
  const byTag = Map.groupBy(operations, ({ tags }) => tags[0] ?? "Other");
  return [...byTag].map(([tag, own]) => `### ${tag}\n\n${list(own)}`).join("\n\n");
}

function list(operations: readonly Operation[]): string {
  return operations
    .map(
      (operation) =>
        `- [${operation.summary ?? operation.id}](/${operationUrl(operation)})  \n  \`${operation.method} ${operation.path}\``,
    )
    .join("\n");
}
