import type { CommandOf } from "../command-line/command.ts";
import { openTarget, targetOfStore } from "../command-line/target.ts";
import { requireRow } from "../require-row.ts";
import { EXIT, type Exit } from "../terminal/exit.ts";
import { say } from "../terminal/say.ts";

/** `dots-outbox history` */
export async function historyCommand({ store, target: flags, id }: CommandOf<"history">): Promise<Exit> {
  const target = await targetOfStore(store, flags);
  await using outbox = await openTarget(target, store, false);
  if (id !== undefined) await requireRow(outbox, id);
  // Without an ID, the settings of the store.
  const entries = id === undefined ? await outbox.log() : await outbox.history(id);
  if (entries.length === 0) say("No settings were changed.");
  for (const { at, event, detail, who: person } of entries) {
    const time = new Date(at).toISOString();
    say([time, event, detail, person === undefined ? undefined : `(${person})`].filter(Boolean).join("  "));
  }
  return EXIT.done;
}
