import type { CommandOf } from "../command-line/command.ts";
import { nameOf, openTarget, targetOfStore } from "../command-line/target.ts";
import { shown } from "../open-store.ts";
import { csv, writeReport } from "../report/write-report.ts";
import { EXIT, type Exit } from "../terminal/exit.ts";
import { print } from "../terminal/say.ts";

/** `dots-outbox export` */
export async function exportCommand({ store, target: flags, output }: CommandOf<"export">): Promise<Exit> {
  const target = await targetOfStore(store, flags);
  await using outbox = await openTarget(target, store, false);
  if (output === undefined) for await (const line of csv(outbox)) await print(line);
  else await writeReport(output, { outbox, store: shown(store), target: nameOf(target) });
  return EXIT.done;
}
