import {
  type Event,
  type LifeCycle,
  listEvents,
  listLifeCycles,
  type OpenApiDocument,
} from "@dots-payouts/openapi";
import { fieldList } from "../describe/field-list.ts";
import { EVENTS_URL, eventId, kindTitle, lifeUrl } from "../site/kind-address.ts";
import type { Page, Site } from "../site/site.ts";

/** The page of all events: when each comes, and what it holds. No page where there is none. */
export function eventPages({ document, operations }: Site): Page[] {
  const events = listEvents(document);
  if (events.length === 0) return [];
  const cycles = listLifeCycles(document);
  return [
    {
      url: EVENTS_URL,
      title: "Events",
      description: "Which events are sent to a webhook, when each comes, and what it holds.",
      order: operations.length + 1 + cycles.length,
      group: "States and events",
      keywords: "webhook webhooks event events",
      markdown: `# Events

Events are sent to your webhook as requests. They may come twice and in any order, so verify the signature, drop repeats
by the ID in the headers, and then read the resource again. Don't decide by the body alone.

${events.map((event) => eventMarkdown(document, event, cycles)).join("\n\n")}
`,
    },
  ];
}

function eventMarkdown(document: OpenApiDocument, event: Event, cycles: readonly LifeCycle[]): string {
  const { name, request } = event;
  const [media] = request.requestBody?.content ?? [];
  const [example] = media?.examples ?? [];
  const blocks = [
    `## ${name} {#${eventId(name)}}`,
    request.summary === undefined || request.summary === name ? "" : `**${request.summary}.**`,
    request.description?.trim() ?? "",
    comesWhen(document, name, cycles),
    example === undefined
      ? ""
      : `\`\`\`json ${example.summary ?? "Example"}\n${JSON.stringify(example.value, null, 2)}\n\`\`\``,
    media?.schema === undefined ? "" : fieldList(document, media.schema),
  ];
  return blocks.filter((block) => block !== "").join("\n\n");
}

function comesWhen(document: OpenApiDocument, name: string, cycles: readonly LifeCycle[]): string {
  const reasons = cycles.flatMap((cycle) => {
    const moves = cycle.moves.filter(({ fires }) => fires.includes(name)).map((move) => `\`${move.name}\``);
    const states = cycle.initial
      .filter(({ fires }) => fires.includes(name))
      .map(({ state }) => `beginning as \`${state}\``);
    const all = [...moves, ...states];
    if (all.length === 0) return [];
    return [`[${kindTitle(document, cycle)}](/${lifeUrl(cycle.kind)}): ${all.join(", ")}`];
  });
  return reasons.length === 0 ? "" : `Comes with these moves: ${reasons.join("; ")}.`;
}
