import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Bench } from "../api/bench.ts";
import { badDay } from "./bad-day.ts";
import type { ChildOptions } from "./child.ts";
import { type Judgement, judge } from "./judge.ts";
import { randomOf } from "./random.ts";
import { rowsFor } from "./rows.ts";

const child = fileURLToPath(new URL("child.ts", import.meta.url));
const HOUR = 3_600_000;

export interface KillOptions {
  readonly seed: number;
  readonly people: number;
  readonly kills: number;
  /** The maximum lifetime of a sender, in milliseconds. */
  readonly life: number;
  /** The package's entry file that senders use. @default that of the source, which takes longer to start */
  readonly entry?: string;
}

export interface Verdict extends Judgement {
  readonly kills: number;
  readonly requests: number;
}

/** What a sender prints before its lifetime starts. Most kills then happen where they may do harm. */
const STAGES = ["opened", "added", "sending", "sending", "sending"];

/**
 * A run that is killed again and again at random moments, while the API has a bad day and the clock sometimes moves
 * beyond the lifetime of keys. At the end a person settles what is left, and everything is compared with what the API
 * has created.
 */
export async function killRun({ seed, people, kills, life, entry }: KillOptions): Promise<Verdict> {
  const random = randomOf(seed);
  await using bench = await Bench.start({ behave: badDay(random), delay: 150 });
  // The lists hide what was created for some IDs, permanently.
  bench.api.options = { ...bench.api.options, hides: ({ reference }) => /[789]$/.test(reference ?? "") };
  const rows = rowsFor(people);
  const options = (): ChildOptions => ({
    store: bench.store,
    baseUrl: bench.api.url,
    clientId: "client",
    // The machine's clock is up to 20 minutes off, in both directions.
    ahead: bench.clock.ahead + Math.trunc((random() - 0.5) * 40 * 60_000),
    concurrency: 1 + Math.trunc(random() * 20),
    // Slow enough that the run outlasts most of the kills.
    perSecond: Math.ceil(people / (kills * (life / 1_000) * 0.3)),
    times: { timeout: 250, quiet: 500, budget: 5_000 },
    rows,
    entry,
  });
  let killed = 0;
  // Some are done before they are killed, and don't count.
  for (let turn = 0; killed < kills && turn < 2 * kills; turn += 1) {
    const stage = STAGES[Math.trunc(random() * STAGES.length)] ?? "sending";
    if (await startAndKill(options(), stage, random() * life)) killed += 1;
    await bench.api.finish();
    if (random() < 0.05) bench.clock.ahead += 26 * HOUR;
    else if (random() < 0.1) bench.clock.ahead += random() * 3 * HOUR;
  }
  // From here on nothing fails any more.
  const { behave: _, ...calm } = bench.api.options;
  bench.api.options = calm;
  await bench.api.finish();
  bench.clock.ahead += 3 * HOUR;
  const outbox = await bench.open({ times: { timeout: 2_000, quiet: 500, budget: 5_000 } });
  await outbox.addAll(rows);
  for (let turn = 0; turn < 3; turn += 1) {
    await outbox.run({ concurrency: 20 });
    bench.clock.ahead += HOUR;
  }
  const requests = bench.api.received.length;
  return { ...(await judge(bench.api, outbox, rows)), kills: killed, requests };
}

/** @returns whether it was killed before it was done */
async function startAndKill(options: ChildOptions, stage: string, life: number): Promise<boolean> {
  const file = join(options.store, "..", "options.json");
  writeFileSync(file, JSON.stringify(options));
  // Otherwise each sender would compile the same source.
  const env = { ...process.env, NODE_COMPILE_CACHE: join(options.store, "..", "compiled") };
  const running = spawn(process.execPath, [child, file], { env, stdio: ["ignore", "pipe", "inherit"] });
  const exited = once(running, "exit");
  let said = "";
  let timer: NodeJS.Timeout | undefined;
  running.stdout.on("data", (chunk) => {
    said += String(chunk);
    if (said.includes(stage)) timer ??= setTimeout(() => running.kill("SIGKILL"), life);
  });
  const [code, signal] = await exited;
  clearTimeout(timer);
  if (code !== 0 && signal === null) throw new Error(`the sender failed: ${said}`);
  return signal === "SIGKILL";
}
