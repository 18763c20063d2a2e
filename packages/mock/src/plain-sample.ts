import { type Json, listProperties, type OpenApiDocument, schemaParts } from "@dots-payouts/openapi";

/** Deeper than any error is described. */
const DEEPEST = 8;

/**
 * A small value of the schema at a JSON Pointer: what it gives as example, or the least that it asks for. It may break
 * rules that are hard to keep: whoever needs a valid one has to look.
 */
export function plainSample(document: OpenApiDocument, pointer: string, depth = 0): Json {
  const all = schemaParts(document, pointer);
  const chosen = all.filter(({ alternative }) => !alternative);
  const nodes = (chosen.length > 1 || all.length === 1 ? chosen : all).map(({ node }) => node);
  const values = (keyword: string): Json[] => nodes.flatMap((node) => node[keyword] ?? []);
  const [given] = [...values("const"), ...values("enum"), ...values("example"), ...values("examples")];
  if (given !== undefined) return given;
  const [type = all.some(({ node }) => node["properties"] !== undefined) ? "object" : "string"] =
    values("type");
  const bound = (keyword: string): number => {
    const [value] = values(keyword);
    return typeof value === "number" ? value : 0;
  };
  if (type === "object") {
    const required = depth > DEEPEST ? [] : listProperties(document, pointer).filter((one) => one.required);
    return Object.fromEntries(
      required.map(({ name, schemas }) => [
        name,
        plainSample(document, schemas[0]?.pointer ?? pointer, depth + 1),
      ]),
    );
  }
  if (type === "array") {
    const items = all.find(({ node }) => node["items"] !== undefined);
    const length = items === undefined || depth > DEEPEST ? 0 : bound("minItems");
    return Array.from({ length }, () =>
      plainSample(document, `${items?.pointer ?? pointer}/items`, depth + 1),
    );
  }
  if (type === "integer" || type === "number")
    return Math.max(bound("minimum"), bound("exclusiveMinimum") + 1);
  if (type === "boolean") return false;
  return type === "null" ? null : textOf(values("format")[0]).padEnd(bound("minLength"), "x");
}

function textOf(format: Json | undefined): string {
  if (format === "date-time") return "2026-01-31T12:00:00Z";
  if (format === "date") return "2026-01-31";
  if (format === "uuid") return "2f1c9d3a-7b64-4e05-9a8d-c3b1f0e5d726";
  if (format === "uri" || format === "url") return "https://example.com/";
  return format === "email" ? "someone@example.com" : "text";
}
