/** The value without fields that hold nothing, and without the objects and lists that this leaves empty. */
export function withoutGaps(value: unknown): unknown {
  return trim(value) ?? {};
}

function trim(value: unknown): unknown {
  if (value === "" || value === undefined) return undefined;
  if (Array.isArray(value)) return value.length === 0 ? undefined : value;
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value)
    .map(([key, part]) => [key, trim(part)] as const)
    .filter(([, part]) => part !== undefined);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
