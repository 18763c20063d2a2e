import {
  asDocument,
  getAt,
  isObject,
  type Json,
  type OpenApiDocument,
  type Operation,
} from "@dots-payouts/openapi";
import { listSamples } from "../samples/list-samples.ts";
import { operationUrl } from "../site/operation-address.ts";
import { nameAlternatives } from "./name-alternatives.ts";

/**
 * The document for Redoc: the samples of each operation's first example stand where it looks for them, each operation
 * links to its form and its page, alternatives have names, and paragraphs are on one line, since Redoc's search joins
 * lines without a space.
 */
export function forRedoc(document: OpenApiDocument, operations: readonly Operation[]): OpenApiDocument {
  const copy = prepare(document);
  for (const operation of operations) {
    const node = getAt(copy, operation.pointer);
    if (!isObject(node)) continue;
    const links = `[Try it](../try/#${operation.id}) · [All samples](../${operationUrl(operation)})`;
    node["description"] = joinLines(`${operation.description ?? ""}\n\n${links}`);
    const [first] = listSamples(operation);
    if (first === undefined) continue;
    node["x-codeSamples"] = first.codes.map(({ label, code }) => ({ lang: label, label, source: code }));
  }
  return asDocument(copy);
}

function prepare(node: Json): Json {
  if (Array.isArray(node)) return node.map(prepare);
  if (!isObject(node)) return node;
  const prepared = nameAlternatives(node);
  for (const [key, value] of Object.entries(prepared)) {
    prepared[key] = key === "description" && typeof value === "string" ? joinLines(value) : prepare(value);
  }
  return prepared;
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
