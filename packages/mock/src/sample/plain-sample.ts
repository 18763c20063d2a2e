import { getAt, isObject, type Json, type OpenApiDocument, referenceHops } from "@dots-payouts/openapi";

/** Deeper than what is worth showing. */
const DEEPEST = 8;

/** How deep objects are filled that need not be. */
const FILLED = 2;

interface Part {
  readonly node: Readonly<Record<string, Json>>;
  readonly pointer: string;
}

/**
 * Small values of the schema at a JSON Pointer: what it gives as example, or the least that it asks for, and the same
 * with every property there, to tell one alternative from the next. They may break rules that are hard to keep: whoever
 * needs a valid one has to look.
 */
export function plainSamples(document: OpenApiDocument, pointer: string): Json[] {
  return [sampleOf(document, [pointer], 0, 0), sampleOf(document, [pointer], 0, FILLED)];
}

/**
 * @param pointers of the schemas that describe the value together
 * @param fill how deep every property is there, and not only those that are required
 */
function sampleOf(document: OpenApiDocument, pointers: readonly string[], depth: number, fill: number): Json {
  const parts = partsAt(document, pointers);
  const values = (keyword: string): Json[] => parts.flatMap(({ node }) => node[keyword] ?? []);
  const [given] = ["const", "enum", "example", "examples", "default"].flatMap(values);
  if (given !== undefined) return given;
  const bound = (keyword: string): number | undefined =>
    values(keyword).find((value) => typeof value === "number");
  const [type] = values("type");
  if (type === "object" || (type === undefined && values("properties").length > 0)) {
    return depth > DEEPEST ? {} : objectOf(document, parts, depth, fill);
  }
  if (type === "array")
    return depth > DEEPEST ? [] : listOf(document, parts, bound("minItems") ?? 0, depth, fill);
  if (type === "integer" || type === "number") return numberOf(bound, type === "integer");
  if (type === "boolean") return false;
  if (type === "null") return null;
  const text = textOf(values("format")[0]).padEnd(bound("minLength") ?? 0, "x");
  return text.slice(0, bound("maxLength") ?? text.length);
}

/** The schemas of one value: of alternatives the first, of everything else all. */
function partsAt(document: OpenApiDocument, pointers: readonly string[]): Part[] {
  const found = new Map<string, Part>();
  const visit = (place: string): void => {
    const start = getAt(document, place);
    if (start === undefined || found.has(place)) return;
    for (const { node, pointer: at } of referenceHops(document, { node: start, pointer: place })) {
      if (!isObject(node) || found.has(at)) continue;
      found.set(at, { node, pointer: at });
      const all = node["allOf"];
      if (Array.isArray(all)) for (const index of all.keys()) visit(`${at}/allOf/${index}`);
      for (const keyword of ["oneOf", "anyOf"]) if (Array.isArray(node[keyword])) visit(`${at}/${keyword}/0`);
    }
  };
  for (const pointer of pointers) visit(pointer);
  return [...found.values()];
}

function objectOf(document: OpenApiDocument, parts: readonly Part[], depth: number, fill: number): Json {
  const names = new Set(parts.flatMap(({ node }) => node["required"] ?? []));
  if (depth < fill) {
    for (const { node } of parts) for (const name of Object.keys(node["properties"] ?? {})) names.add(name);
  }
  const entries = [...names].flatMap((name): [string, Json][] => {
    if (typeof name !== "string") return [];
    const key = name.replaceAll("~", "~0").replaceAll("/", "~1");
    const places = parts
      .map((part) => `${part.pointer}/properties/${key}`)
      .filter((place) => getAt(document, place) !== undefined);
    return [[name, sampleOf(document, places, depth + 1, fill)]];
  });
  return Object.fromEntries(entries);
}

function listOf(
  document: OpenApiDocument,
  parts: readonly Part[],
  least: number,
  depth: number,
  fill: number,
): Json {
  const places = parts.flatMap(({ node, pointer }) => {
    const first = Array.isArray(node["prefixItems"]) ? node["prefixItems"] : [];
    return first.map((_, index) => `${pointer}/prefixItems/${index}`);
  });
  const rest = parts.find(({ node }) => node["items"] !== undefined);
  while (places.length < least && rest !== undefined) places.push(`${rest.pointer}/items`);
  return places.map((place) => sampleOf(document, [place], depth + 1, fill));
}

function numberOf(bound: (keyword: string) => number | undefined, whole: boolean): number {
  const above = bound("exclusiveMinimum");
  const least = bound("minimum") ?? (above === undefined ? 0 : above + 1);
  const most = bound("maximum") ?? Number.POSITIVE_INFINITY;
  const step = bound("multipleOf") ?? 1;
  const wanted = Math.min(Math.ceil(least / step) * step, most);
  return whole ? Math.ceil(wanted) : wanted;
}

function textOf(format: Json | undefined): string {
  if (format === "date-time") return "2026-01-31T12:00:00Z";
  if (format === "date") return "2026-01-31";
  if (format === "uuid") return "2f1c9d3a-7b64-4e05-9a8d-c3b1f0e5d726";
  if (format === "uri" || format === "url") return "https://example.com/";
  return format === "email" ? "someone@example.com" : "text";
}
