import { listAssumptions, parsePointer } from "@dots-payouts/openapi";
import { shownTogether } from "../site/shown-together.ts";
import type { Page, Site } from "../site/site.ts";

/** A page with everything that the description assumes. No page if there are no assumptions. */
export function assumptionPages({ document, operations }: Site): Page[] {
  const assumptions = listAssumptions(document);
  if (assumptions.length === 0) return [];
  const byReason = Map.groupBy(assumptions, ({ reason }) => reason.trim().replace(/\s+/g, " "));
  const items = [...byReason].map(([reason, own]) => {
    const places = new Set(own.map(({ pointer }) => placeOf(pointer)));
    const named = [...places].slice(0, 8).map((place) => `\`${place}\``);
    return `- ${reason}  \n  ${named.join(", ")}`;
  });
  return [
    {
      url: "reference/assumptions/",
      title: "Assumptions",
      description: "What the description says although the API does not document it, and why.",
      ...(shownTogether(operations) ? { order: 0.5 } : {}),
      markdown: `# Assumptions

Some behavior of the API is not documented anywhere. Where this description had to choose, the place is marked as an
assumption: here, on the page of each operation, and by \`x-assumption\` in [the description](/downloads/) itself. Do not
rely on an assumption where money is at stake.

${items.join("\n")}
`,
    },
  ];
}

/** A place in the words of a reader: an operation or a component, and the keyword there. */
function placeOf(pointer: string): string {
  const [first, second, ...rest] = parsePointer(pointer);
  if (first === "paths") {
    const [method = "", ...inner] = rest;
    return `${method.toUpperCase()} ${second}: ${inner.join(" ")}`;
  }
  if (first !== "components") return parsePointer(pointer).join(" ");
  return rest.filter((token) => !/^(allOf|properties|\d+)$/.test(token)).join(" ");
}
