import { OutboxError } from "../outbox-error.ts";
import { count } from "../report/words.ts";
import type { Shared, Staging } from "../rows/staging.ts";
import { ask } from "./ask.ts";
import type { AddFlags } from "./command.ts";
import { warn } from "./say.ts";

/**
 * Asks about rows that look like one thing twice. Different IDs are sent once each, so that nothing else would stop
 * them.
 * @throws OutboxError unless they are meant
 */
export async function askAboutTwice(
  staging: Staging,
  { allowDuplicates, yes }: Pick<AddFlags, "allowDuplicates" | "yes">,
): Promise<void> {
  const lines = twiceLines(staging);
  for (const line of lines) warn(line);
  if (allowDuplicates || lines.length === 0) return;
  const otherwise = "Nothing was sent. Take the rows out, or say that they are meant: --allow-duplicates.";
  if (yes || !(await ask("Is that meant?", otherwise))) throw new OutboxError(otherwise);
}

/** Says which rows look like one thing twice. */
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
          `${references.count === 1 ? "One reference of yours is" : `${count(references.count)} references of yours are`} in several rows: ${where(references)}`,
        ]),
  ];
}

function where({ count: number, lines }: Shared): string {
  const shown = lines.map((numbers) => numbers.join(" and ")).join("; ");
  return `lines ${shown}${number > lines.length ? "; …" : ""}`;
}
