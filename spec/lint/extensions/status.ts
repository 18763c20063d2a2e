import { childOf, childrenOf, meaningOf, mediaTypesOf } from "../document/place.ts";
import type { Rule } from "../document/redocly.ts";

/** `x-status` lists statuses that the response of its example documents. */
export const status: Rule = () => ({
  Operation(node, context) {
    const responses = childOf({ node, location: context.location }, "responses");
    for (const [range, place] of childrenOf(responses)) {
      for (const [, media] of mediaTypesOf(meaningOf(place, context), context)) {
        for (const [, example] of childrenOf(childOf(media, "examples"))) {
          const statuses = childOf(meaningOf(example, context), "x-status");
          if (statuses.node === undefined || isListOf(range, statuses.node)) continue;
          const message = `x-status: a list of statuses is needed that ${range} covers.`;
          context.report({ message, location: statuses.location });
        }
      }
    }
  },
});

function isListOf(range: string, statuses: unknown): boolean {
  const pattern = range === "default" ? /^[1-5]\d\d$/ : new RegExp(`^${range.replaceAll(/x/gi, "\\d")}$`);
  return (
    Array.isArray(statuses) &&
    statuses.length > 0 &&
    statuses.every((one) => typeof one === "number" && pattern.test(String(one)))
  );
}
