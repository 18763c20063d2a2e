import { listLifeCycles } from "@dots-payouts/openapi";
import { assumptionNote, assumptionsOf } from "../describe/assumptions.ts";
import { lifeMarkdown } from "../describe/life.ts";
import { kindTitle, lifeUrl } from "../site/kind-address.ts";
import { operationUrl } from "../site/operation-address.ts";
import type { Page, Site } from "../site/site.ts";

/** A page for each kind of resource with states: the drawing, the moves and the events. */
export function statePages({ document, operations }: Site): Page[] {
  return listLifeCycles(document).map((cycle, index) => {
    const title = kindTitle(document, cycle);
    const own = operations.filter(({ resource }) => resource?.kind === cycle.kind);
    const assumptions = assumptionsOf(document, [`${cycle.schema}/x-states`, cycle.schema]);
    return {
      url: lifeUrl(cycle.kind),
      title: `${title}: states`,
      description: `The states of a ${title.toLowerCase()}, the moves between them, and the events that each move fires.`,
      order: operations.length + 1 + index,
      group: "States and events",
      width: "broad",
      keywords: `${cycle.kind} status ${cycle.states.join(" ")}`,
      markdown: `# ${title}: states

What can happen to a ${title.toLowerCase()}. Its state is in \`${cycle.state.slice(1).replaceAll("/", ".")}\`.

${assumptionNote(assumptions)}

${lifeMarkdown(document, cycle)}

## Operations

${own.map((operation) => `- [${operation.summary ?? operation.id}](/${operationUrl(operation)})`).join("\n")}
`,
    };
  });
}
