import { childOf, childrenOf, isNode } from "../document/place.ts";
import type { Place, Rule, RuleContext } from "../document/redocly.ts";

const NEEDED = "a reason is needed, or keywords with a reason each.";

/** `x-assumption` has a reason, and what it marks exists. */
export const assumption: Rule = () => ({
  any: check,
  ref: check,
});

function check(node: unknown, context: RuleContext): void {
  // Without a prefix, keys are names: of headers, properties, components.
  const { extensionsPrefix: prefix } = context.type;
  if (!isNode(node) || prefix === undefined) return;
  const owner = { node, location: context.location };
  checkMark(owner, context);
  // Redocly does not walk into extensions.
  for (const [key, place] of childrenOf(owner)) {
    if (key.startsWith(prefix) && key !== "x-assumption") checkBelow(place, context);
  }
}

function checkBelow(place: Place, context: RuleContext): void {
  checkMark(place, context);
  for (const [key, child] of childrenOf(place)) if (key !== "x-assumption") checkBelow(child, context);
  if (!Array.isArray(place.node)) return;
  for (const index of place.node.keys()) checkBelow(childOf(place, index), context);
}

function checkMark(owner: Place, context: RuleContext): void {
  for (const { problem, at, suggest = [] } of problemsOf(owner)) {
    context.report({ message: `x-assumption: ${problem}`, location: at.location.key(), suggest });
  }
}

interface Wrong {
  readonly problem: string;
  readonly at: Place;
  readonly suggest?: string[];
}

function problemsOf(owner: Place): Wrong[] {
  const mark = childOf(owner, "x-assumption");
  if (mark.node === undefined || isReason(mark.node)) return [];
  if (!isNode(mark.node) || Object.keys(mark.node).length === 0) return [{ problem: NEEDED, at: mark }];
  return childrenOf(mark).flatMap(([keyword, reasons]): Wrong[] => {
    const marked = childOf(owner, keyword).node;
    if (marked === undefined) {
      return [{ problem: `there is no ${keyword} here.`, at: reasons, suggest: keysOf(owner.node) }];
    }
    if (isReason(reasons.node)) return [];
    const named = childrenOf(reasons);
    return named.length === 0 ? [{ problem: NEEDED, at: reasons }] : namedProblems(keyword, marked, named);
  });
}

function namedProblems(keyword: string, marked: unknown, named: readonly [string, Place][]): Wrong[] {
  const names = Array.isArray(marked) ? marked.map(String) : keysOf(marked);
  return named.flatMap(([name, reason]): Wrong[] => {
    if (!names.includes(name)) {
      return [{ problem: `${keyword} has no ${name}.`, at: reason, suggest: names }];
    }
    return isReason(reason.node) ? [] : [{ problem: "a reason is needed.", at: reason }];
  });
}

function isReason(value: unknown): boolean {
  return typeof value === "string" && value.trim() !== "";
}

function keysOf(value: unknown): string[] {
  return isNode(value) ? Object.keys(value).filter((key) => key !== "x-assumption") : [];
}
