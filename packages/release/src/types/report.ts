import type { Change } from "../compare/change/change.ts";
import type { PublicTypes } from "./public-types.ts";

/** The prefix of the place of each type change. */
export const TYPES_OF = "Types of ";

/** The file in a package's folder with its report. */
export const REPORT = "public-types.md";

/** The public types of a package as a file, so that changes are visible in review. */
export function writeReport(name: string, { entries, declarations }: PublicTypes): string {
  const lines = [
    `# Public types of \`${name}\``,
    "",
    "Made by `npx -y pnpm@12 types`. What is made from the API's description is left out: `release:check` judges that by",
    "itself.",
    "",
  ];
  for (const [entry, exported] of entries) {
    lines.push(`## Entry \`${entry}\``, "", ...exported.map((each) => `- \`${each}\``), "");
  }
  for (const [declared, text] of declarations) lines.push(`## ${declared}`, "", "```ts", text, "```", "");
  return lines.join("\n");
}

/**
 * What has changed between two reports of a package. A removed or changed declaration may break users, unless a person
 * says that it does not.
 */
export function compareReports(name: string, before: string, after: string): Change[] {
  const [old, now] = [sectionsOf(before), sectionsOf(after)];
  const where = `${TYPES_OF}${name}`;
  const lost = [...old].flatMap(([title, text]): Change[] => {
    const current = now.get(title);
    if (current === text) return [];
    if (title.startsWith("Entry")) return exportChanges(where, title, text, current ?? "");
    const fate = current === undefined ? "is gone" : "has changed";
    return [{ impact: "breaking", where, text: `\`${title}\` ${fate}.` }];
  });
  const gained = [...now.keys()].filter((title) => !old.has(title));
  const changes = [
    ...lost,
    ...gained.map((title): Change => ({ impact: "addition", where, text: `${withCode(title)} is new.` })),
  ];
  // A name that an entry has gained or lost is reported there, so the change of its declaration is not.
  return changes.filter(({ text }) => !changes.some((other) => isOfEntry(other, text)));
}

/** Whether a change of an entry's export is about the declaration in `text`. */
function isOfEntry(change: Change, text: string): boolean {
  const [, name, fate] = /^(`[^`]+`) is (gone|new)\.$/.exec(text) ?? [];
  return (
    name !== undefined &&
    change.text.startsWith(`${name} of the entry `) &&
    change.text.endsWith(` is ${fate}.`)
  );
}

function exportChanges(where: string, title: string, before: string, after: string): Change[] {
  const [old, now] = [before.split("\n"), after.split("\n")];
  const named = (line: string): string => `${line.slice(2)} of the entry ${title.slice(6)}`;
  return [
    ...old
      .filter((line) => !now.includes(line))
      .map((line): Change => ({ impact: "breaking", where, text: `${named(line)} is gone.` })),
    ...now
      .filter((line) => line !== "" && !old.includes(line))
      .map((line): Change => ({ impact: "addition", where, text: `${named(line)} is new.` })),
  ];
}

function withCode(title: string): string {
  return title.startsWith("Entry") ? `The entry ${title.slice(6)}` : `\`${title}\``;
}

/** The sections of a report, by title. */
function sectionsOf(report: string): Map<string, string> {
  return new Map(
    report
      .split(/^## /m)
      .slice(1)
      .map((section) => {
        const [title = "", ...rest] = section.split("\n");
        return [title, rest.join("\n").trim()];
      }),
  );
}
