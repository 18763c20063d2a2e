import { readErrorCodes } from "@dots-payouts/openapi";
import { childOf, isNode } from "../document/place.ts";
import { type Problem, report, unreadable } from "../document/problem.ts";
import type { Place, Rule } from "../document/redocly.ts";

/** `x-error-codes` can be read, and names codes that some `enum` of the description lists. */
export const errorCodes: Rule = () => {
  const listed = new Set<unknown>();
  let codes: Place | undefined;
  return {
    Root: {
      enter(node, { location }) {
        const place = childOf({ node, location }, "x-error-codes");
        if (place.node !== undefined) codes = place;
      },
      leave(_, context) {
        if (codes !== undefined) report(context, "x-error-codes", problemsOf(codes, listed));
      },
    },
    Schema(node) {
      if (!isNode(node) || !Array.isArray(node["enum"])) return;
      for (const value of node["enum"]) listed.add(value);
    },
  };
};

function problemsOf(codes: Place, listed: ReadonlySet<unknown>): Problem[] {
  const unread = unreadable(codes, readErrorCodes);
  if (unread.length > 0) return unread;
  return ["busy", "funds"].flatMap((key) => {
    const list = childOf(codes, key);
    return (Array.isArray(list.node) ? [...list.node.entries()] : []).flatMap(([index, code]) =>
      listed.has(code)
        ? []
        : [{ problem: `${JSON.stringify(code)} is in no enum.`, location: childOf(list, index).location }],
    );
  });
}
