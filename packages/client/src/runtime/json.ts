/** Whether a JSON value is an object, of which nothing else is certain. */
export function isObject<Type extends object = Readonly<Record<string, unknown>>>(
  value: unknown,
): value is Type {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The JSON value that a text is; `undefined` if it is not. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A JSON value as a text that does not depend on the order of its keys. */
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

/** A number that tells one JSON value from another. It protects from mistakes, not from attacks. */
export function digestOf(value: unknown): number {
  let digest = 0x811c9dc5;
  for (const character of canonicalJson(value)) {
    digest = Math.imul(digest ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return digest >>> 0;
}

/** What is at a place in a JSON value: the names that lead there. */
export function valueAt(value: unknown, place: readonly string[]): unknown {
  return place.reduce<unknown>(
    (node, name) => (isObject(node) && Object.hasOwn(node, name) ? node[name] : undefined),
    value,
  );
}
