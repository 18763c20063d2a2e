import {
  changeNodes,
  getAt,
  type Json,
  type JsonObject,
  listAssumptions,
  listEvents,
  listLifeCycles,
  type OpenApiDocument,
  type Operation,
} from "@dots-payouts/openapi";
import { conditionSentences } from "../describe/conditions.ts";
import { listSamples } from "../samples/list-samples.ts";
import { EVENTS_URL, kindTitle, lifeUrl } from "../site/kind-address.ts";
import { operationUrl } from "../site/operation-address.ts";
import { shownTogether } from "../site/shown-together.ts";
import { nameAlternatives } from "./name-alternatives.ts";

/**
 * The document for Redoc. It contains the samples of each operation's first example where Redoc looks for them, links
 * from each operation to its form and its page, and names for alternatives. Conditions (`if`) are removed from
 * schemas and described in words: Redoc would show only one of them, as a choice between two sets of required fields,
 * both wrong.
 */
export function forRedoc(document: OpenApiDocument, operations: readonly Operation[]): OpenApiDocument {
  const own = new Map(operations.map((operation) => [operation.pointer, operation]));
  // Pointers are asked for only where they may matter: they cost more than all the rest of the walk.
  const candidates = new Set<Json | undefined>(
    ["/info", ...own.keys()].map((pointer) => getAt(document, pointer)),
  );
  return changeNodes(document, (node, walk) => {
    const pointer = candidates.has(node) ? walk.pointer : "";
    if (pointer === "/info") return walk.below(withOtherPages(document, operations, node));
    const operation = own.get(pointer);
    const described = operation === undefined ? node : { ...node, ...documentation(document, operation) };
    return walk.below(nameAlternatives(withoutConditions(described)));
  });
}

function withoutConditions(node: JsonObject): JsonObject {
  if (!("if" in node || "then" in node || "else" in node)) return node;
  const { if: _if, then: _then, else: _else, ...plain } = node;
  return plain;
}

/** Redoc fills the window, so links to the other pages are in its introduction. */
function withOtherPages(
  document: OpenApiDocument,
  operations: readonly Operation[],
  info: JsonObject,
): JsonObject {
  const links = [
    ...(shownTogether(operations) ? ["[All operations on one page](../reference/all/)"] : []),
    ...listLifeCycles(document).map(
      (cycle) => `[${kindTitle(document, cycle)}: states](../${lifeUrl(cycle.kind)})`,
    ),
    ...(listEvents(document).length === 0 ? [] : [`[Events](../${EVENTS_URL})`]),
    ...(listAssumptions(document).length === 0 ? [] : ["[Assumptions](../reference/assumptions/)"]),
  ];
  if (links.length === 0) return info;
  const before = `Pages that load faster: ${links.join(" · ")}`;
  return { ...info, description: [before, info["description"] ?? ""].join("\n\n") };
}

function documentation(document: OpenApiDocument, operation: Operation): JsonObject {
  const links = `[Try it](../try/#${operation.id}) · [All samples](../${operationUrl(operation)})`;
  const conditions = (operation.requestBody?.content ?? []).flatMap(({ schema }) =>
    schema === undefined ? [] : conditionSentences(document, schema),
  );
  const blocks = [operation.description?.trim() ?? "", conditionList(conditions), links];
  const [first] = listSamples(document, operation);
  const codes = first?.codes.map(({ label, code }) => ({ lang: label, label, source: code }));
  return {
    description: blocks.filter((block) => block !== "").join("\n\n"),
    ...(codes === undefined ? {} : { "x-codeSamples": codes }),
  };
}

function conditionList(conditions: readonly string[]): string {
  return [...new Set(conditions)].map((condition) => `- ${condition}`).join("\n");
}
