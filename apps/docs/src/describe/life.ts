import {
  type Creation,
  type LifeCycle,
  lifeCycleOf,
  listOperations,
  type Move,
  type OpenApiDocument,
  parsePointer,
} from "@dots-payouts/openapi";
import { EVENTS_URL, eventId, kindTitle, lifeUrl } from "../site/kind-address.ts";
import { operationUrl } from "../site/operation-address.ts";
import { describeFields } from "./fields.ts";

const WHO: Readonly<Record<Move["by"], string>> = {
  caller: "you, with the API",
  person: "the end user",
  team: "your team, by hand",
  server: "the server",
};

/** The states of a kind of resource as a drawing, and its moves as a list, in Markdown. */
export function lifeMarkdown(document: OpenApiDocument, cycle: LifeCycle): string {
  return `::: life

\`\`\`states
${arrows(cycle).join("\n")}
\`\`\`

::: meaning

${meaning(document, cycle)}Starts as ${cycle.initial.map(({ state, fires }) => `\`${state}\`${fires.length === 0 ? "" : ` (fires ${events(fires)})`}`).join(", ")}.

:::

:::

## Moves

${cycle.moves.map((move) => item(document, cycle.kind, move)).join("\n")}`;
}

/** The spec's description of the state field: what each state means. */
function meaning(document: OpenApiDocument, { schema, state }: LifeCycle): string {
  const names = parsePointer(state);
  let fields = describeFields(document, schema);
  for (const name of names.slice(0, -1))
    fields = [...(fields.find((field) => field.name === name)?.fields ?? [])];
  const text = fields.find(({ name }) => name === names.at(-1))?.description?.trim();
  return text === undefined ? "" : `## What the states mean\n\n${text}\n\n`;
}

function arrows({ initial, moves }: LifeCycle): string[] {
  return [
    `* -> ${initial.map(({ state }) => state).join(" ")}`,
    ...moves.flatMap(({ name, by, from, to }) =>
      to === undefined ? [] : `${from.join(" ")} -> ${to}: ${name}, by ${by} (${WHO[by]})`,
    ),
  ];
}

function item(document: OpenApiDocument, kind: string, move: Move): string {
  const to = move.to === undefined ? "The state stays." : `To \`${move.to}\``;
  const from = move.from.map((state) => `\`${state}\``).join(", ");
  const made = listOperations(document).filter(
    ({ resource }) => resource?.does === "change" && resource.kind === kind && resource.move === move.name,
  );
  const words = [
    `${to}${move.to === undefined ? "" : "."} From ${from}.`,
    ...made.map(
      (operation) => `Made by [${operation.summary ?? operation.id}](/${operationUrl(operation)}).`,
    ),
    ...move.creates.map((creation) => creationWords(document, creation)),
    ...move.moves.map(
      ({ kind: other, move: name }) =>
        `At the same time, the ${linkTo(document, other)} makes the move \`${name}\`.`,
    ),
    ...(move.fires.length === 0 ? [] : [`Fires ${events(move.fires)}.`]),
  ];
  return `- **\`${move.name}\`** *by ${WHO[move.by]}*  \n  ${move.summary ?? ""} ${words.join(" ")}`;
}

/** What a move creates, in which state, and with which initial values. */
function creationWords(document: OpenApiDocument, { kind, state, sets }: Creation): string {
  const values = sets.map(
    ({ pointer, value }) => `\`${pointer.slice(1).replaceAll("/", ".")}\` \`${String(value)}\``,
  );
  const those = values.length === 0 ? "" : `, with ${values.join(" and ")}`;
  return `A ${linkTo(document, kind)} is created, in \`${state}\`${those}.`;
}

function linkTo(document: OpenApiDocument, kind: string): string {
  const cycle = lifeCycleOf(document, kind);
  return cycle === undefined ? kind : `[${kindTitle(document, cycle).toLowerCase()}](/${lifeUrl(kind)})`;
}

function events(names: readonly string[]): string {
  return names.map((name) => `[\`${name}\`](/${EVENTS_URL}#${eventId(name)})`).join(", ");
}
