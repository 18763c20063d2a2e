import {
  asDocument,
  isObject,
  type Json,
  listOperations,
  type OpenApiDocument,
  setAt,
} from "@dots-payouts/openapi";
import { listSamples } from "../samples/list-samples.ts";

/**
 * The document for Redoc: the samples of each operation's first example stand where it looks for them, and paragraphs
 * are on one line, since its search joins lines without a space.
 */
export function forRedoc(document: OpenApiDocument): OpenApiDocument {
  const sampled = listOperations(document).reduce<Json>((changed, operation) => {
    const [first] = listSamples(operation);
    if (first === undefined) return changed;
    const samples = first.codes.map(({ label, code }) => ({ lang: label, label, source: code }));
    return setAt(changed, `${operation.pointer}/x-codeSamples`, samples);
  }, document);
  return asDocument(unfold(sampled));
}

function unfold(node: Json): Json {
  if (Array.isArray(node)) return node.map(unfold);
  if (!isObject(node)) return node;
  const entries = Object.entries(node).map(([key, value]): [string, Json] => [
    key,
    key === "description" && typeof value === "string" ? joinLines(value) : unfold(value),
  ]);
  return Object.fromEntries(entries);
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
