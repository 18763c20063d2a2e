import { formatPointer, getAt, type Json } from "@dots-payouts/openapi";

interface Placed {
  readonly required: boolean;
  /** The names that lead to the field. */
  readonly path: readonly string[];
  /** When it is needed, where that depends on other fields. */
  readonly when: readonly string[];
}

/** Required fields first, then those that the examples use most; of equals, those that may be needed. */
export function byUse(examples: readonly Json[]): (a: Placed, b: Placed) => number {
  const rank = ({ required }: Placed): number => (required ? 0 : 1);
  const uses = ({ path, when }: Placed): number =>
    examples.filter((example) => getAt(example, formatPointer(path)) !== undefined).length +
    (when.length > 0 ? 0.5 : 0);
  return (a, b) => rank(a) - rank(b) || uses(b) - uses(a);
}
