/** Whether a JSON value is an object, with unknown properties. */
export function isObject<Type extends object = Readonly<Record<string, unknown>>>(
  value: unknown,
): value is Type {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Parses a JSON text; `undefined` if it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A JSON value as text, independent of the order of its keys. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, node: unknown) =>
    isObject(node)
      ? Object.fromEntries(Object.entries(node).sort(([one], [other]) => (one < other ? -1 : 1)))
      : node,
  );
}

/** Whether two JSON values are the same. */
export function isSameJson(one: unknown, other: unknown): boolean {
  return canonicalJson(one) === canonicalJson(other);
}

/** A hash of a JSON value. It protects from mistakes, not from attacks. */
export function digestOf(value: unknown): number {
  let digest = 0x811c9dc5;
  for (const character of canonicalJson(value)) {
    digest = Math.imul(digest ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return digest >>> 0;
}

/** The value at a path of property names in a JSON value. */
export function valueAt(value: unknown, place: readonly string[]): unknown {
  let node = value;
  for (const name of place) node = isObject(node) && Object.hasOwn(node, name) ? node[name] : undefined;
  return node;
}
