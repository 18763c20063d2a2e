import type { Advice, Assumed, Change, Impact } from "../compare/change/change.ts";
import { TYPES_OF } from "../types/report.ts";
import type { Bump } from "./bump.ts";

const IMPACTS: readonly { impact: Impact; label: string; one: string; many: string }[] = [
  { impact: "breaking", label: "Breaking", one: "breaking change", many: "breaking changes" },
  { impact: "addition", label: "New", one: "addition", many: "additions" },
  { impact: "words", label: "Words", one: "change of words", many: "changes of words" },
];

/** What has changed, as the subject of a sentence. */
export function changedThings(changes: readonly Change[]): string {
  const types = changes.filter(({ where }) => where.startsWith(TYPES_OF)).length;
  if (types === 0) return "the description of the API has";
  return types === changes.length ? "the public types have" : "the description and the public types have";
}

/** `1 breaking change and 2 additions`. */
export function countChanges(changes: readonly Change[]): string {
  const counts = IMPACTS.flatMap(({ impact, one, many }) => {
    const { length } = changes.filter((change) => change.impact === impact);
    return length === 0 ? [] : [`${length} ${length === 1 ? one : many}`];
  });
  return counts.length < 2 ? counts.join() : `${counts.slice(0, -1).join(", ")} and ${counts.at(-1)}`;
}

/** The changes as Markdown, by operation, breaking ones first. */
export function listChanges(changes: readonly Change[]): string {
  const places = [...new Set(changes.map(({ where }) => where))];
  return places
    .map((where) => {
      const lines = IMPACTS.flatMap(({ impact, label }) =>
        changes
          .filter((change) => change.where === where && change.impact === impact)
          .map(({ text, assumed, advice = {} }) =>
            [`- ${label}: ${text}`, ...sayAssumed(assumed), ...advise(advice)].join(" "),
          ),
      );
      return [`**${where}**`, "", ...lines].join("\n");
    })
    .join("\n\n");
}

/** If the description only assumed it, no promise of the API is broken, and readers judge the change differently. */
function sayAssumed(assumed: Assumed | undefined): string[] {
  if (assumed === undefined) return [];
  return [`*${assumed.before ? "Only assumed so far" : "Assumed"}*: ${assumed.reason}`];
}

/** What each package's users have to do or know. */
function advise({ client, mock, contract }: Advice): string[] {
  const packages = { Client: client, Mock: mock, "Contract suite": contract };
  return Object.entries(packages).flatMap(([name, text]) =>
    text === undefined ? [] : [`*${name}*: ${text}`],
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A changeset for these packages. */
export function writeChangeset(group: readonly string[], bump: Bump, changes: readonly Change[]): string {
  const bumps = group.map((name) => `"${name}": ${bump}`);
  const summary = `${capital(changedThings(changes))} ${countChanges(changes)}.`;
  return ["---", ...bumps, "---", "", summary, "", listChanges(changes), ""].join("\n");
}
