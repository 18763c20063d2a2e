import type { CommandOf } from "../command-line/command.ts";
import { nameOf, openTarget, targetFor } from "../command-line/target.ts";
import { shown } from "../open-store.ts";
import { money, rows } from "../report/words.ts";
import { askAboutTwice } from "../review/ask-about-twice.ts";
import { FileRows } from "../review/file-rows.ts";
import { preview, type ToSend } from "../review/preview.ts";
import { EXIT, type Exit } from "../terminal/exit.ts";
import { say } from "../terminal/say.ts";

/** `dots-outbox add`: checks the rows, shows the total, asks, and adds them for others to send. */
export async function addCommand(command: CommandOf<"add">): Promise<Exit> {
  const { store, target: flags } = command;
  const target = await targetFor(store, flags);
  using file = await FileRows.check(command, target, undefined);
  preview(file.checked, file.call, nameOf(target));
  await askAboutTwice(file.checked.staging, command);
  await using outbox = await openTarget(target, store, false);
  const inAll = ({ fresh }: ToSend) => `${rows(fresh.rows)}, ${money(fresh.amount)} in all`;
  const { limits } = await outbox.status();
  const isAdded = await file.addAfterPreview(outbox, limits, command.yes, {
    question: (left) => `Add ${inAll(left)}? Workers send them to ${nameOf(target)}.`,
    saying: (left) => `Adding ${inAll(left)}`,
  });
  if (!isAdded) return EXIT.cannotStart;
  say(`The rows are in ${shown(store)}. A worker sends them, or resume.`);
  return EXIT.done;
}
