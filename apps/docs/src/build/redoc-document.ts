import { changeNodes, type JsonObject, type OpenApiDocument, type Operation } from "@dots-payouts/openapi";
import { listSamples } from "../samples/list-samples.ts";
import { operationUrl } from "../site/operation-address.ts";
import { nameAlternatives } from "./name-alternatives.ts";

/**
 * The document for Redoc: the samples of each operation's first example stand where it looks for them, each operation
 * links to its form and its page, alternatives have names, and paragraphs are on one line, since Redoc's search joins
 * lines without a space.
 */
export function forRedoc(document: OpenApiDocument, operations: readonly Operation[]): OpenApiDocument {
  const own = new Map(operations.map((operation) => [operation.pointer, operation]));
  return changeNodes(document, (node, walk) => {
    const operation = own.get(walk.pointer);
    const described = operation === undefined ? node : { ...node, ...documentation(document, operation) };
    const { description } = described;
    return walk.below({
      ...nameAlternatives(described),
      ...(typeof description === "string" ? { description: joinLines(description) } : {}),
    });
  });
}

function documentation(document: OpenApiDocument, operation: Operation): JsonObject {
  const links = `[Try it](../try/#${operation.id}) · [All samples](../${operationUrl(operation)})`;
  const [first] = listSamples(document, operation);
  const codes = first?.codes.map(({ label, code }) => ({ lang: label, label, source: code }));
  return {
    description: `${operation.description ?? ""}\n\n${links}`,
    ...(codes === undefined ? {} : { "x-codeSamples": codes }),
  };
}

/** Joins the lines of each paragraph of a Markdown text. What begins a list, a heading or a block stays on its own. */
function joinLines(markdown: string): string {
  if (markdown.includes("```")) return markdown;
  const lines: string[] = [];
  for (const line of markdown.split("\n")) {
    const last = lines.at(-1) ?? "";
    const continues = last.trim() !== "" && !last.startsWith("#") && /^[^\s\-*#>|\d]/.test(line);
    if (continues) lines[lines.length - 1] = `${last} ${line}`;
    else lines.push(line);
  }
  return lines.join("\n");
}
