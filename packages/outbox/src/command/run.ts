import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundledApi } from "../api/bundled-api.ts";
import type { Call } from "../api/calls.ts";
import { Composer } from "../api/composer.ts";
import { readTimes } from "../ledger/times.ts";
import type { Outbox } from "../outbox.ts";
import { OutboxError } from "../outbox-error.ts";
import { count, money, rows } from "../report/words.ts";
import { formatOf, type Input } from "../rows/read-rows.ts";
import type { Staging } from "../rows/staging.ts";
import { ask } from "./ask.ts";
import { type Checked, checkRows } from "./check-rows.ts";
import { EXIT, type Exit } from "./exit.ts";
import type { Command, RunFlags } from "./options.ts";
import { send } from "./send.ts";
import { nameOf, openTarget, openWith, readTarget, type Target } from "./target.ts";

type RunCommand = Extract<Command, { kind: "run" }>;

/** `dots-outbox run`: checks the rows, shows what they come to, asks, adds them, sends them. */
export async function runCommand(command: RunCommand): Promise<Exit> {
  const { store } = command;
  if (command.dryRun || store === undefined) return dryRun(command);
  const target = readTarget(command.target);
  const { call, checked } = await check(command, target);
  try {
    preview(checked, call, nameOf(target));
    const people = checked.staging.samePeople();
    if (people.count > 0) await askAboutPeople(people, command);
    await using outbox = await openTarget(target, store, true);
    await requireNew(outbox, checked.staging, command.call);
    if (!command.yes && !(await ask(question(checked, target), NOBODY))) {
      console.error("Nothing was sent.");
      return EXIT.cannotStart;
    }
    await add(outbox, checked.staging, command.call);
    return await send(outbox, store, target, command.send);
  } finally {
    checked.staging.close();
  }
}

const NOBODY = "Nobody can be asked here: look at the preview, then add --yes.";

/** Everything as it would be, but with a mock and a store that is thrown away. */
async function dryRun(command: RunCommand): Promise<Exit> {
  const { startMock } = await import("@dots-payouts/mock");
  const folder = mkdtempSync(join(tmpdir(), "dots-outbox-"));
  const mock = await startMock({ port: 0 });
  try {
    const target: Target = {
      account: { baseUrl: mock.url, appId: command.target.appId },
      environment: undefined,
    };
    const { call, checked } = await check(command, target);
    try {
      preview(checked, call, "a mock; nothing is paid");
      const people = checked.staging.samePeople();
      if (people.count > 0) console.error(peopleLine(people));
      const store = join(folder, "dry-run.db");
      await using outbox = await openWith(target.account, store, { clientId: "dry-run", apiKey: "dry-run" });
      await add(outbox, checked.staging, command.call);
      const exit = await send(outbox, store, target, command.send);
      console.log("\nThis was a dry run: nothing was paid, and nothing was kept.");
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
  if (found === undefined) throw new OutboxError(`Say what ${file} is: --format csv or --format jsonl.`);
  return { file, format: found };
}

function preview(
  { staging, amount, largest, delivered, unfindable }: Checked,
  call: Call,
  target: string,
): void {
  console.error(`${rows(staging.rows)} of ${call.name}, to ${target}`);
  console.error(`${money(amount)} in all, ${money(largest)} at the most for one`);
  if (call.key === undefined) {
    console.error(
      "This call takes no idempotency key: a row whose answer is lost is never sent again, a person has to look.",
    );
  }
  if (delivered > 0) console.error(`The API writes to a person for ${rows(delivered)}.`);
  if (call.referenceAt === undefined)
    console.error("This call has no room for the ID: rows cannot be found again.");
  else if (unfindable > 0) {
    console.error(
      `${rows(unfindable)} cannot be found again, because ${call.referenceAt.slice(1)} holds a text of yours. An object, or nothing, leaves room for the ID.`,
    );
  }
}

function question({ staging, amount }: Checked, { environment, account }: Target): string {
  const where = environment === undefined ? account.baseUrl : environment.toUpperCase();
  return `Send ${rows(staging.rows)}, ${money(amount)} in all, to ${where}?`;
}

interface People {
  readonly count: number;
  readonly lines: readonly (readonly number[])[];
}

function peopleLine({ count: number, lines }: People): string {
  const where = lines.map((numbers) => numbers.join(" and ")).join("; ");
  const who = number === 1 ? "One person is" : `${count(number)} people are`;
  return `${who} paid by several rows: lines ${where}${number > lines.length ? "; …" : ""}`;
}

async function askAboutPeople(people: People, { allowDuplicates, yes }: RunFlags): Promise<void> {
  console.error(peopleLine(people));
  if (allowDuplicates) return;
  const otherwise = "Nothing was sent. Take the rows out, or say that they are meant: --allow-duplicates.";
  if (yes || !(await ask("Is that meant?", otherwise))) throw new OutboxError(otherwise);
}

/** @throws OutboxError when an ID of the file is known with other content */
async function requireNew(outbox: Outbox, staging: Staging, call: string): Promise<void> {
  const changed = await outbox.differences(intents(staging, call));
  if (changed.length === 0) return;
  const shown = changed
    .slice(0, 10)
    .map(({ id, state, given, now }) => `  ${id} (${state})\n    before: ${given}\n    now:    ${now}`);
  const more = changed.length > shown.length ? `\n  and ${count(changed.length - shown.length)} more` : "";
  throw new OutboxError(
    `Nothing was sent. One ID is sent once, and these are known with other content:\n${shown.join("\n")}${more}\n` +
      "Give new rows new IDs. Rows that were refused, or settled as not paid, are corrected by retry.",
  );
}

function* intents(staging: Staging, call: string) {
  for (const { id, body } of staging.all()) yield { id, call, body };
}

async function add(outbox: Outbox, staging: Staging, call: string): Promise<void> {
  let known = 0;
  for await (const added of outbox.addEach(intents(staging, call))) if (added.outcome === "known") known += 1;
  if (known > 0)
    console.error(`${rows(known)} of the file are in the store already, and are not sent twice.`);
}
