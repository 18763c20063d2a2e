import type { SendFlags } from "../command-line/command.ts";
import { nameOf, type Target } from "../command-line/target.ts";
import type { Summary } from "../engine/summary.ts";
import { STATES } from "../ledger/intent.ts";
import { shown } from "../open-store.ts";
import type { Outbox } from "../outbox.ts";
import { messageOf, OutboxError } from "../outbox-error.ts";
import { ProgressBar } from "../report/progress.ts";
import { MEANINGS, money, rows } from "../report/words.ts";
import { writeReport } from "../report/write-report.ts";
import { EXIT, type Exit, exitOf } from "../terminal/exit.ts";
import { say, warn } from "../terminal/say.ts";
import { StopSignal } from "../terminal/stop-signal.ts";
import { who } from "../terminal/who.ts";

/** Sends what is in an outbox, and shows the progress and the result. */
export async function send(
  outbox: Outbox,
  location: string,
  target: Target,
  flags: SendFlags,
): Promise<Exit> {
  const store = shown(location);
  const bar = new ProgressBar();
  using stop = new StopSignal((text) => {
    bar.end();
    warn(text);
  });
  let summary: Summary;
  try {
    summary = await outbox.run({
      concurrency: flags.concurrency,
      perSecond: flags.perSecond,
      maxTotal: flags.maxTotal,
      maxAmount: flags.maxAmount,
      newClient: flags.newClient,
      who: who(),
      signal: stop.signal,
      onProgress: (progress) => bar.show(progress),
    });
  } catch (error) {
    if (error instanceof OutboxError) throw error;
    // Unexpected, and requests may have been sent.
    warn(
      `dots-outbox: It failed: ${messageOf(error)}. To see the progress: dots-outbox status --store ${store}`,
    );
    return EXIT.stopped;
  } finally {
    bar.end();
  }
  await tell(outbox, summary, store);
  for (const file of flags.reports) {
    // A report that cannot be written does not change the exit code.
    try {
      await writeReport(file, { outbox, store, target: nameOf(target) });
      say(`Report: ${file}`);
    } catch (error) {
      warn(`${messageOf(error)} To write it again: dots-outbox export --store ${store} --output <file>`);
    }
  }
  if (summary.stopped?.by === "store" && summary.requests === 0) return EXIT.cannotStart;
  return exitOf(summary.counts, summary.alarms, summary.stopped !== undefined);
}

/** @throws OutboxError if another client sends from the store, and `--new-client` is not given */
export async function requireClient(outbox: Outbox, { newClient }: SendFlags): Promise<void> {
  const why = await outbox.whyOtherClient();
  if (why === undefined) return;
  if (!newClient) throw new OutboxError(why);
  warn("From now on, another client sends from this store. Workers with the old credentials stop.");
}

async function tell(outbox: Outbox, { counts, alarms, stopped }: Summary, store: string): Promise<void> {
  if (alarms > 0) await tellAlarms(outbox);
  for (const state of STATES) {
    const { rows: number, amount } = counts[state];
    if (number > 0) say(`${rows(number).padStart(14)}  ${money(amount).padStart(16)}  ${MEANINGS[state]}`);
  }
  if (stopped !== undefined) {
    say(`\n${stopped.message.replace(/\.$/, "")}.`);
    const next = (await outbox.status()).stopped === undefined ? "resume" : "recover";
    say(`Nobody is forgotten: dots-outbox ${next} --store ${store}`);
  }
  if (counts.refused.rows > 0) {
    say(`\nWhy rows were refused: dots-outbox status --store ${store}`);
  }
  if (counts.unresolved.rows > 0) {
    say(`\nUnresolved rows are never sent again automatically. Find out whether each was paid, then:`);
    say(`dots-outbox settle <id> --paid | --not-paid --store ${store}`);
  }
}

export async function tellAlarms(outbox: Outbox): Promise<void> {
  const alarms = await outbox.alarms();
  for (const { id, alarm } of alarms) say(`LOOK AT THIS FIRST  ${id}: ${alarm ?? ""}`);
  if (alarms.length > 0) say(`Once you have looked: dots-outbox acknowledge <id> --store ${outbox.store}`);
}
