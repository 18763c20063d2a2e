import { isObject, type Json } from "@dots-payouts/openapi";

/**
 * Describes how the returned value differs from the sent one; `undefined` if it does not. If the spec describes an
 * object's properties, only those count, and others may be added; otherwise the whole value counts.
 * @param described the names of the properties that the spec describes at a place
 */
export function differenceOf(
  sent: Json,
  came: Json | undefined,
  pointer: string,
  described: (pointer: string) => ReadonlySet<string>,
): string | undefined {
  // A missing value may be left out, or be null.
  if (sent === null && came === undefined) return undefined;
  if (came === undefined) return `${pointer} is missing`;
  const names = described(pointer);
  if (isObject(sent) && isObject(came) && names.size > 0) {
    for (const [name, value] of Object.entries(sent)) {
      if (!names.has(name)) continue;
      const difference = differenceOf(
        value,
        Object.hasOwn(came, name) ? came[name] : undefined,
        `${pointer}/${name}`,
        described,
      );
      if (difference !== undefined) return difference;
    }
    return undefined;
  }
  return same(sent, came) ? undefined : `${pointer} is ${shown(came)} instead of ${shown(sent)}`;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether two JSON values are equal, whatever the order of keys. */
export function same(one: Json | undefined, other: Json | undefined): boolean {
  if (Array.isArray(one)) {
    return (
      Array.isArray(other) &&
      one.length === other.length &&
      one.every((item, index) => same(item, other[index]))
    );
  }
  if (isObject(one)) {
    if (!isObject(other)) return false;
    const keys = Object.keys(one);
    return (
      keys.length === Object.keys(other).length &&
      keys.every((key) => Object.hasOwn(other, key) && same(one[key], other[key]))
    );
  }
  // A UUID may be read in either case, and is written in lower case (RFC 9562 §4).
  if (typeof one === "string" && typeof other === "string" && UUID.test(one)) {
    return one.toLowerCase() === other.toLowerCase();
  }
  // Zero has no sign in JSON.
  return one === other;
}

function shown(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
