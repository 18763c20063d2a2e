import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CommandOf } from "../command-line/command.ts";
import {
  nameOf,
  openForMock,
  openTarget,
  readTarget,
  type Target,
  targetOfStore,
} from "../command-line/target.ts";
import { askAboutTwice, twiceLines } from "../review/ask-about-twice.ts";
import { FileRows } from "../review/file-rows.ts";
import { limitsAfter } from "../review/limits.ts";
import { preview, question, sending } from "../review/preview.ts";
import { EXIT, type Exit } from "../terminal/exit.ts";
import { say, warn } from "../terminal/say.ts";
import { requireClient, send } from "./send.ts";

type RunCommand = CommandOf<"run">;

/** `dots-outbox run`: checks the rows, shows the total, asks, adds them, sends them. */
export async function runCommand(command: RunCommand): Promise<Exit> {
  const { store, send: flags } = command;
  if (command.dryRun || store === undefined) return dryRun(command);
  const target = readTarget(command.target);
  using file = await FileRows.check(command, target, flags.maxAmount ?? undefined);
  preview(file.checked, file.call, nameOf(target));
  await askAboutTwice(file.checked.staging, command);
  await using outbox = await openTarget(target, store, true);
  await requireClient(outbox, flags);
  const limits = limitsAfter((await outbox.status()).limits, flags);
  const isAdded = await file.addAfterPreview(outbox, limits, command.yes, {
    question: (left) => question(left, target),
    saying: (left) => sending(left, target),
  });
  return isAdded ? await send(outbox, store, target, flags) : EXIT.cannotStart;
}

/** `dots-outbox resume` */
export async function resumeCommand({
  store,
  target: flags,
  send: options,
}: CommandOf<"resume">): Promise<Exit> {
  const target = await targetOfStore(store, flags);
  await using outbox = await openTarget(target, store, true);
  await requireClient(outbox, options);
  return await send(outbox, store, target, options);
}

/** Does everything with a mock and a temporary store. */
async function dryRun(command: RunCommand): Promise<Exit> {
  const { startMock } = await import("@dots-payouts/mock");
  const folder = mkdtempSync(join(tmpdir(), "dots-outbox-"));
  const mock = await startMock({ port: 0 });
  try {
    const target: Target = {
      account: { baseUrl: mock.url, options: command.target.options },
      environment: undefined,
      fetchSendsOnce: true,
    };
    using file = await FileRows.check(command, target, command.send.maxAmount ?? undefined);
    preview(file.checked, file.call, "a mock; nothing is paid");
    for (const line of twiceLines(file.checked.staging)) warn(line);
    const store = join(folder, "dry-run.db");
    await using outbox = await openForMock(target.account, store);
    await file.add(outbox);
    const exit = await send(outbox, store, target, command.send);
    say("\nThis was a dry run: nothing was paid, and nothing was stored.");
    return exit;
  } finally {
    await mock.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
