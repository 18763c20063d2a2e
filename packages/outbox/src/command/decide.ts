import type { CommandOf } from "../command-line/command.ts";
import { openTarget, targetOfStore } from "../command-line/target.ts";
import type { Outbox } from "../outbox.ts";
import { money, rows } from "../report/words.ts";
import { requireRow } from "../require-row.ts";
import { ask } from "../terminal/ask.ts";
import { EXIT, type Exit } from "../terminal/exit.ts";
import { say, warn } from "../terminal/say.ts";
import { who } from "../terminal/who.ts";

/** `dots-outbox settle` */
export async function settleCommand(command: CommandOf<"settle">): Promise<Exit> {
  const { store, id, paid, object, note } = command;
  const target = await targetOfStore(store, command.target);
  await using outbox = await openTarget(target, store, !paid);
  if (id !== undefined) {
    if (paid && !(command.yes || (await confirmPaid(outbox, id)))) return EXIT.cannotStart;
    await outbox.settle(id, paid ? "paid" : "not-paid", { who: who(), note, object });
    say(`${id} is settled as ${paid ? "" : "not "}paid.`);
    return EXIT.done;
  }
  const { moved, left } = await outbox.settleAllAsNotPaid({ who: who(), note });
  for (const { reason } of left.slice(0, 20)) warn(reason);
  say(`${rows(moved.length)} settled as not paid, ${rows(left.length)} unchanged.`);
  return left.length > 0 ? EXIT.attention : EXIT.done;
}

/** A row settled as paid is never sent again, so a wrong ID would leave somebody without their money. */
async function confirmPaid(outbox: Outbox, id: string): Promise<boolean> {
  const { state, amount } = await requireRow(outbox, id);
  warn(`${id}: ${money(amount)}, ${state}`);
  return ask("Settle it as paid? It will never be sent again.", "There is no terminal to ask on: add --yes.");
}

/** `dots-outbox acknowledge` */
export async function acknowledgeCommand({
  store,
  target: flags,
  id,
  note,
}: CommandOf<"acknowledge">): Promise<Exit> {
  const target = await targetOfStore(store, flags);
  await using outbox = await openTarget(target, store, false);
  const alarm = await outbox.acknowledge(id, { who: who(), note });
  say(`${id} no longer has an alarm. It was: ${alarm}`);
  return EXIT.done;
}

/** `dots-outbox recover` */
export async function recoverCommand({ store, target: flags, yes }: CommandOf<"recover">): Promise<Exit> {
  const target = await targetOfStore(store, flags);
  await using outbox = await openTarget(target, store, true);
  const { stopped } = await outbox.status();
  if (stopped === undefined && !yes) {
    warn("Nothing shows that this store was restored, copied or moved.");
    const question = "Mark every row that is not accepted or settled as paid as unresolved?";
    if (!(await ask(question, "If it was, add --yes. Otherwise leave it alone."))) return EXIT.cannotStart;
  }
  const left = await outbox.recover({ who: who() });
  say(`${rows(left)} may have been paid since the backup, and are now unresolved.`);
  say(
    "In about ten minutes, settle --all --not-paid settles those that the API's list would show but doesn't. Find out about the others.",
  );
  return left > 0 ? EXIT.attention : EXIT.done;
}
