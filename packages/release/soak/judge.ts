import { changeNodes, type Json, type JsonObject, type OpenApiDocument } from "@dots-payouts/openapi";
import { type Change, compareDocuments, type Impact } from "@dots-payouts/release";
import { Ajv2020 } from "ajv/dist/2020.js";
import { smallSpec } from "../test/small-spec.ts";
import type { SchemaPair } from "./pairs.ts";
import { valuesFor } from "./values.ts";

/** What values show about a change: one that only the old schema allows, and one that only the new one does. */
interface Witnesses {
  readonly lost: Json | undefined;
  readonly gained: Json | undefined;
}

export interface Judged {
  readonly witnesses: Witnesses;
  readonly request: Verdict;
  readonly response: Verdict;
}

export interface Verdict {
  readonly impact: Impact | "none";
  readonly changes: readonly Change[];
  /** How our verdict and the values disagree. */
  readonly disagreement: "too weak" | "too strict" | undefined;
}

/** Compares the verdict on a pair with what each schema says about values of the other. */
export function judgePair(pair: SchemaPair, random: () => number): Judged {
  const witnesses = witnessesOf(pair, random);
  const { lost, gained } = witnesses;
  const sent = verdictOn(pair, "request");
  const read = verdictOn(pair, "response");
  const seen = lost !== undefined || gained !== undefined;
  const strict = (verdict: { impact: string }, broken: boolean): "too strict" | undefined =>
    (verdict.impact === "breaking" && !broken) || (verdict.impact === "addition" && !seen)
      ? "too strict"
      : undefined;
  const counts = ({ impact }: { impact: string }): boolean => impact === "breaking" || impact === "addition";
  const weak = {
    request: (lost !== undefined && sent.impact !== "breaking") || (gained !== undefined && !counts(sent)),
    response: seen && !counts(read),
  };
  return {
    witnesses,
    request: { ...sent, disagreement: weak.request ? "too weak" : strict(sent, lost !== undefined) },
    response: { ...read, disagreement: weak.response ? "too weak" : strict(read, gained !== undefined) },
  };
}

/** The two documents of a pair, with the schema in the request or in the response. */
export function documentsOf(
  { before, after, components }: SchemaPair,
  side: "request" | "response",
): [OpenApiDocument, OpenApiDocument] {
  return [smallSpec({ [side]: before, components }), smallSpec({ [side]: after, components })];
}

function verdictOn(
  pair: SchemaPair,
  side: "request" | "response",
): { impact: Impact | "none"; changes: Change[] } {
  const changes = compareDocuments(...documentsOf(pair, side));
  const order: readonly Impact[] = ["breaking", "addition", "words"];
  const impact = order.find((one) => changes.some((change) => change.impact === one)) ?? "none";
  return { impact, changes };
}

function witnessesOf({ before, after, components }: SchemaPair, random: () => number): Witnesses {
  const fitsBefore = validator(before, components);
  const fitsAfter = validator(after, components);
  const document = smallSpec({ components });
  const find = (
    schema: Json,
    fits: (value: Json) => boolean,
    other: (value: Json) => boolean,
  ): Json | undefined => valuesFor(document, schema, random).find((value) => fits(value) && !other(value));
  return { lost: find(before, fitsBefore, fitsAfter), gained: find(after, fitsAfter, fitsBefore) };
}

function validator(schema: Json, components: Record<string, Json>): (value: Json) => boolean {
  const ajv = new Ajv2020({ strict: false, logger: false, validateSchema: false });
  const validate = ajv.compile(
    containingApart({ $id: "judge:", allOf: [schema], components: { schemas: components } }),
  );
  return (value) => validate(value);
}

/**
 * Next to `prefixItems`, Ajv 8.20 accepts an empty array although `contains` requires an item. Separately, it does
 * not.
 */
function containingApart(root: JsonObject): JsonObject {
  return changeNodes(root, (node, walk) => {
    const { contains, ...rest } = walk.below(node);
    if (contains === undefined) return rest;
    const { allOf } = rest;
    return { ...rest, allOf: [...(Array.isArray(allOf) ? allOf : []), { contains }] };
  });
}
