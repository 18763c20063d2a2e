import { type LifeCycle, listOperations, type Move, type OpenApiDocument } from "@dots-payouts/openapi";
import { EVENTS_URL, eventId } from "../site/kind-address.ts";
import { operationUrl } from "../site/operation-address.ts";

const WHO: Readonly<Record<Move["by"], string>> = {
  caller: "you, with the API",
  person: "the person it is about",
  team: "your team, by hand",
  server: "the server",
};

/** The states of a kind of resource as a drawing, and the moves between them as a list, in Markdown. */
export function lifeMarkdown(document: OpenApiDocument, cycle: LifeCycle): string {
  return `\`\`\`states\n${arrows(cycle).join("\n")}\n\`\`\`

Begins as ${cycle.initial.map(({ state, fires }) => `\`${state}\`${fires.length === 0 ? "" : ` (fires ${events(fires)})`}`).join(", ")}.

## Moves

${cycle.moves.map((move) => item(document, cycle.kind, move)).join("\n")}`;
}

function arrows({ initial, moves }: LifeCycle): string[] {
  return [
    ...initial.map(({ state }) => `* -> ${state}`),
    ...moves.flatMap(({ name, by, from, to }) =>
      to === undefined ? [] : from.map((state) => `${state} -> ${to}: ${name}, by ${WHO[by]}`),
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
    ...(move.fires.length === 0 ? [] : [`Fires ${events(move.fires)}.`]),
  ];
  return `- **\`${move.name}\`** *by ${WHO[move.by]}*  \n  ${move.summary ?? ""} ${words.join(" ")}`;
}

function events(names: readonly string[]): string {
  return names.map((name) => `[\`${name}\`](/${EVENTS_URL}#${eventId(name)})`).join(", ");
}
