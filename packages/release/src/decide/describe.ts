import type { Advice, Change, Impact } from "../compare/change.ts";
import type { Bump } from "./bump.ts";

const IMPACTS: readonly { impact: Impact; label: string; one: string; many: string }[] = [
  { impact: "breaking", label: "Breaking", one: "breaking change", many: "breaking changes" },
  { impact: "addition", label: "New", one: "addition", many: "additions" },
  { impact: "words", label: "Words", one: "change of words", many: "changes of words" },
];

/** `1 breaking change and 2 additions`. */
export function countChanges(changes: readonly Change[]): string {
  const counts = IMPACTS.flatMap(({ impact, one, many }) => {
    const { length } = changes.filter((change) => change.impact === impact);
    return length === 0 ? [] : [`${length} ${length === 1 ? one : many}`];
  });
  return counts.length < 2 ? counts.join() : `${counts.slice(0, -1).join(", ")} and ${counts.at(-1)}`;
}

/** The changes as Markdown, by operation, what breaks first. */
export function listChanges(changes: readonly Change[]): string {
  const places = [...new Set(changes.map(({ where }) => where))];
  return places
    .map((where) => {
      const lines = IMPACTS.flatMap(({ impact, label }) =>
        changes
          .filter((change) => change.where === where && change.impact === impact)
          .map(({ text, advice = {} }) => [`- ${label}: ${text}`, ...advise(advice)].join(" ")),
      );
      return [`**${where}**`, "", ...lines].join("\n");
    })
    .join("\n\n");
}

/** What each package's users have to do or to know. */
function advise({ client, mock, contract }: Advice): string[] {
  const packages = { Client: client, Mock: mock, "Contract suite": contract };
  return Object.entries(packages).flatMap(([name, text]) =>
    text === undefined ? [] : [`*${name}*: ${text}`],
  );
}

/** A changeset for these packages. */
export function writeChangeset(group: readonly string[], bump: Bump, changes: readonly Change[]): string {
  const bumps = group.map((name) => `"${name}": ${bump}`);
  const summary = `The description of the API has ${countChanges(changes)}.`;
  return ["---", ...bumps, "---", "", summary, "", listChanges(changes), ""].join("\n");
}
