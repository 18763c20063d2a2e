import { parsePointer, placeOf, type RuleError, wordsOf } from "@dots-payouts/openapi";

/** A broken rule. `because` is the description of the condition under which the rule applies. */
export interface Finding {
  readonly path: string;
  readonly code: string;
  readonly text: string;
  readonly because: string | undefined;
}

/** Describes a broken rule. `base` is the JSON Pointer to the value that was checked. */
export function phrase(error: RuleError, base: string, because: string | undefined): Finding {
  const path = base + placeOf(error);
  return {
    path,
    code: error.keyword,
    text: `${nameOf(parsePointer(path))} ${wordsOf(error)}`,
    because,
  };
}

/** A readable name of the place: `owner.email`, or the body as a whole. */
export function nameOf(tokens: readonly string[]): string {
  return tokens.length === 0 ? "the body" : tokens.join(".");
}
