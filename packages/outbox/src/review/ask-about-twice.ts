import type { AddFlags } from "../command-line/command.ts";
import { OutboxError } from "../outbox-error.ts";
import { count } from "../report/words.ts";
import type { Shared, Staging } from "../rows/staging.ts";
import { ask } from "../terminal/ask.ts";
import { warn } from "../terminal/say.ts";

/**
 * Asks about rows that look like duplicates. Different IDs are sent once each, so nothing else would stop them.
 * @throws OutboxError unless they are intended
 */
export async function askAboutTwice(
  staging: Staging,
  { allowDuplicates, yes }: Pick<AddFlags, "allowDuplicates" | "yes">,
): Promise<void> {
  const lines = twiceLines(staging);
  for (const line of lines) warn(line);
  if (allowDuplicates || lines.length === 0) return;
  const otherwise = "Nothing was sent. Remove the rows, or add --allow-duplicates if they are intended.";
  if (yes || !(await ask("Is that intended?", otherwise))) throw new OutboxError(otherwise);
}

/** Reports which rows look like duplicates. */
export function twiceLines(staging: Staging): string[] {
  const people = staging.samePeople();
  const references = staging.sameReferences();
  return [
    ...(people.count === 0
      ? []
      : [
          `${people.count === 1 ? "One person is" : `${count(people.count)} people are`} paid by several rows: ${where(people)}`,
        ]),
    ...(references.count === 0
      ? []
      : [
          `${references.count === 1 ? "One of your references is" : `${count(references.count)} of your references are`} in several rows: ${where(references)}`,
        ]),
  ];
}

function where({ count: number, lines }: Shared): string {
  const shown = lines.map((numbers) => numbers.join(" and ")).join("; ");
  return `lines ${shown}${number > lines.length ? "; …" : ""}`;
}
