import { isObject, type Json, type JsonObject, leadToSchema } from "@dots-payouts/openapi";

/** Edits one of the schemas in a schema. */
export function edit(root: Json, other: Json, seed: number, more: number): Json {
  const places = placesOf(root);
  let index = 0;
  const chosen = seed % places;
  const visit = (node: Json): Json => {
    if (index++ === chosen) return change(node, other, more);
    if (!isObject(node)) return node;
    return Object.fromEntries(
      Object.entries(node).map(([key, value]): [string, Json] => [key, below(key, value, visit)]),
    );
  };
  return visit(root);
}

function placesOf(root: Json): number {
  let count = 0;
  const visit = (node: Json): Json => {
    count++;
    if (isObject(node)) for (const [key, value] of Object.entries(node)) below(key, value, visit);
    return node;
  };
  visit(root);
  return count;
}

function below(key: string, value: Json, visit: (node: Json) => Json): Json {
  if (leadToSchema([key])) return visit(value);
  if (!leadToSchema([key, ""])) return value;
  if (Array.isArray(value)) return value.map(visit);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, node]): [string, Json] => [name, visit(node)]));
}

/** The edits of a schema. Some don't change its meaning. */
function change(node: Json, other: Json, kind: number): Json {
  if (!isObject(node)) return other;
  const entries = Object.entries(node);
  const [picked] = entries.slice(kind % Math.max(1, entries.length));
  const { enum: values, const: value, ...rest } = node;
  switch (kind % 11) {
    case 0:
      return other;
    case 1:
    case 2:
      return isObject(other) ? { ...node, ...other } : other;
    case 3:
    case 4:
      return Object.fromEntries(entries.filter((entry) => entry !== picked));
    case 5:
      return { anyOf: [node, other] };
    case 6:
      return { allOf: [node, other] };
    case 7:
      return { allOf: [node, { description: "Said otherwise." }] };
    case 8:
      return Array.isArray(values)
        ? { ...rest, oneOf: values.map((one) => ({ const: one })) }
        : { oneOf: [node] };
    case 9:
      return value === undefined ? nudged(node, 1) : { ...rest, enum: [value, "new"] };
    default:
      return nudged(node, -1);
  }
}

/** The same with other numbers. */
function nudged(node: JsonObject, by: number): JsonObject {
  return Object.fromEntries(
    Object.entries(node).map(([key, value]): [string, Json] => [
      key,
      typeof value === "number" && /^(min|max|excl)/.test(key) ? Math.max(0, value + by) : value,
    ]),
  );
}
