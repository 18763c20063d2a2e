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

/** A page for all events: when each is sent, and what it contains. No page if there are none. */
export function eventPages({ document, operations }: Site): Page[] {
  const events = listEvents(document);
  if (events.length === 0) return [];
  const cycles = listLifeCycles(document);
  return [
    {
      url: EVENTS_URL,
      title: "Events",
      description: "Which events are sent to a webhook, when each is sent, and what it contains.",
      order: operations.length + 1 + cycles.length,
      group: "States and events",
      keywords: "webhook webhooks event events",
      markdown: `# Events

Events are sent to your webhook as requests. They may come twice and in any order. Verify the signature, drop repeats by
the ID in the headers, and then ask the API about the resource. Don't decide by the body alone.

${events.map(({ name, request }) => `- [\`${name}\`](#${eventId(name)})${request.summary === undefined ? "" : `: ${request.summary}`}`).join("\n")}

${events.map((event, index) => eventMarkdown(document, event, cycles, events.slice(0, index))).join("\n\n")}
`,
    },
  ];
}

/** @param shown the events above this one on the page */
function eventMarkdown(
  document: OpenApiDocument,
  event: Event,
  cycles: readonly LifeCycle[],
  shown: readonly Event[],
): string {
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
    fieldsOrLink(document, event, shown),
  ];
  return blocks.filter((block) => block !== "").join("\n\n");
}

/** The fields of an event's body, or a link to an event above with the same fields. */
function fieldsOrLink(document: OpenApiDocument, event: Event, shown: readonly Event[]): string {
  const fields = fieldsOf(document, event);
  const same = shown.find((other) => fields !== "" && fieldsOf(document, other) === fields);
  return same === undefined ? fields : `The fields are those of [\`${same.name}\`](#${eventId(same.name)}).`;
}

function fieldsOf(document: OpenApiDocument, { request }: Event): string {
  const schema = request.requestBody?.content[0]?.schema;
  return schema === undefined ? "" : fieldList(document, schema);
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
  return reasons.length === 0 ? "" : `Sent with these moves: ${reasons.join("; ")}.`;
}
