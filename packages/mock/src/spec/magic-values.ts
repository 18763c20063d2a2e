import { listMockValues, type MockEffect, type OpenApiDocument, parsePointer } from "@dots-payouts/openapi";

/** What the mock does for the values of one place in a request body. */
export interface MagicValues {
  readonly tokens: readonly string[];
  readonly effects: ReadonlyMap<string, MockEffect>;
}

/** Where the mock reacts to special values in the request body that a schema describes (`x-mock`). */
export function magicValues(document: OpenApiDocument, schema: string): readonly MagicValues[] {
  const places = new Map<string, Map<string, MockEffect>>();
  for (const { pointer, value, effect } of listMockValues(document, schema)) {
    const effects = places.get(pointer) ?? new Map<string, MockEffect>();
    places.set(pointer, effects.set(value, effect));
  }
  return [...places].map(([pointer, effects]) => ({ tokens: parsePointer(pointer), effects }));
}
