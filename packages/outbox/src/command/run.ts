import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundledApi } from "../api/bundled-api.ts";
import type { Call } from "../api/calls.ts";
import { Composer } from "../api/composer.ts";
import { readTimes } from "../ledger/times.ts";
import type { Outbox } from "../outbox.ts";
import { OutboxError } from "../outbox-error.ts";
import { formatOf, type Input } from "../rows/read-rows.ts";
import type { Staging } from "../rows/staging.ts";
import { ask } from "./ask.ts";
import { askAboutTwice, twiceLines } from "./ask-about-twice.ts";
import { type Checked, checkRows } from "./check-rows.ts";
import type { Command, RunFlags } from "./command.ts";
import { EXIT, type Exit } from "./exit.ts";
import { preview, previewStore, question, requireSame, sending, toSend } from "./preview.ts";
import { say, warn } from "./say.ts";
import { send } from "./send.ts";
import { nameOf, openForMock, openTarget, readTarget, type Target } from "./target.ts";

type RunCommand = Extract<Command, { kind: "run" }>;

/** `dots-outbox run`: checks the rows, shows the total, asks, adds them, sends them. */
export async function runCommand(command: RunCommand): Promise<Exit> {
  const { store } = command;
  if (command.dryRun || store === undefined) return dryRun(command);
  const target = readTarget(command.target);
  const { call, checked } = await check(command, target);
  try {
    preview(checked, call, nameOf(target));
    await askAboutTwice(checked.staging, command);
    await using outbox = await openTarget(target, store, true);
    const { known } = await requireSame(outbox, intents(checked.staging, command.call));
    const left = toSend(checked, known, await outbox.counts());
    previewStore(left);
    if (command.yes) warn(sending(left, target));
    else if (left.rows > 0 && !(await ask(question(left, target), NOBODY))) {
      warn("Nothing was sent.");
      return EXIT.cannotStart;
    }
    await add(outbox, checked.staging, command.call);
    return await send(outbox, store, target, command.send);
  } finally {
    checked.staging.close();
  }
}

const NOBODY = "There is no terminal to ask on: look at the preview, then add --yes.";

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
    const { call, checked } = await check(command, target);
    try {
      preview(checked, call, "a mock; nothing is paid");
      for (const line of twiceLines(checked.staging)) warn(line);
      const store = join(folder, "dry-run.db");
      await using outbox = await openForMock(target.account, store);
      await add(outbox, checked.staging, command.call);
      const exit = await send(outbox, store, target, command.send);
      say("\nThis was a dry run: nothing was paid, and nothing was stored.");
      return exit;
    } finally {
      checked.staging.close();
    }
  } finally {
    await mock.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function check(command: RunCommand, target: Target): Promise<{ call: Call; checked: Checked }> {
  const api = bundledApi();
  const call = api.call(command.call);
  const composer = new Composer(api, target.account, readTimes());
  const checked = await checkRows(inputOf(command), api, call, composer, command.send.maxAmount);
  return { call, checked };
}

export function inputOf({ file, format }: Pick<RunFlags, "file" | "format">): Input {
  const found = format ?? (file === "-" ? "csv" : formatOf(file));
  if (found === undefined)
    throw new OutboxError(`The format of ${file} is unknown: add --format csv or --format jsonl.`);
  return { file, format: found };
}

function* intents(staging: Staging, call: string) {
  for (const { id, body } of staging.all()) yield { id, call, body };
}

async function add(outbox: Outbox, staging: Staging, call: string): Promise<void> {
  for await (const _ of outbox.addEach(intents(staging, call))) {
    // All are on disk now.
  }
}
