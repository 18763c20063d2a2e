import { type Facts, KIND } from "./facts.ts";
import { having } from "./objects.ts";
import { child, children, made, mapAt, type Part, type Parts, valueAt } from "./part.ts";

export interface Cases {
  readonly by: string;
  /** What holds in addition to the schemas in each case. One of the cases always applies. */
  readonly parts: readonly Parts[];
}

/** Splits the values of schemas into cases, if not done yet. */
export function casesOf(
  facets: readonly Part[],
  facts: Facts,
  split: ReadonlySet<string>,
  onlyBranches = false,
): Cases | undefined {
  if (split.size > 6) return undefined;
  for (const [index, facet] of facets.entries()) {
    for (const key of ["anyOf", "oneOf"]) {
      const by = `${index} ${facet.pointer} ${key}`;
      const branches = children(facet, key);
      if (branches.length > 0 && !split.has(by)) return { by, parts: branches.map((branch) => [branch]) };
    }
    const by = `${index} ${facet.pointer} if`;
    if (valueAt(facet, "if") !== undefined && !split.has(by)) {
      const condition = child(facet, "if");
      const then = valueAt(facet, "then") === undefined ? [] : [child(facet, "then")];
      const otherwise = valueAt(facet, "else") === undefined ? [] : [child(facet, "else")];
      return {
        by,
        parts: [
          [condition, ...then],
          [...notFitting(condition), ...otherwise],
        ],
      };
    }
    for (const name of Object.keys(mapAt(facet, "dependentSchemas"))) {
      const dependent = `${index} ${facet.pointer} ${name}`;
      if (split.has(dependent)) continue;
      const schema = child(facet, "dependentSchemas", name);
      return { by: dependent, parts: [[having(name), schema], notFitting(having(name))] };
    }
  }
  if (onlyBranches || split.has(KIND) || facts.kinds.size < 2) return undefined;
  return { by: KIND, parts: [...facts.kinds].map((kind) => [made({ [KIND]: kind })]) };
}

/** The values that do not match a schema. */
export function notFitting(part: Part): Part[] {
  return [{ document: part.document, node: { not: part.node }, pointer: `${part.pointer}!` }];
}
