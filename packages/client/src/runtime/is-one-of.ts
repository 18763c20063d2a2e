/**
 * Whether a value is one of those listed.
 * @public for generated source
 */
export function isOneOf<Value>(values: readonly Value[], value: unknown): value is Value {
  return values.some((known) => known === value);
}
