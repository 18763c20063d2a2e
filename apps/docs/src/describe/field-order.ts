import { formatPointer, getAt, type Json } from "@dots-payouts/openapi";

interface Placed {
  readonly required: boolean;
  /** The path of names to the field. */
  readonly path: readonly string[];
  /** When it is required, if that depends on other fields. */
  readonly when: readonly string[];
}

/**
 * Sorts fields: required ones first, then by how many examples use them, then those that are required under a
 * condition.
 */
export function byUse(examples: readonly Json[]): (a: Placed, b: Placed) => number {
  const rank = ({ required }: Placed): number => (required ? 0 : 1);
  const uses = ({ path, when }: Placed): number =>
    examples.filter((example) => getAt(example, formatPointer(path)) !== undefined).length +
    (when.length > 0 ? 0.5 : 0);
  return (a, b) => rank(a) - rank(b) || uses(b) - uses(a);
}
