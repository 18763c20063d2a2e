import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { freePort } from "../test/free-port.ts";
import type { Contestant } from "./contestants.ts";

const LOAD = fileURLToPath(new URL("load.ts", import.meta.url));
const run = promisify(execFile);

/** The result of a round. */
export interface Round {
  readonly perSecond: number;
  /** Microseconds of the server's CPU time per request: steadier than the rate on a busy machine. */
  readonly cpu: number;
  readonly statuses: Readonly<Record<string, number>>;
}

/** A server in a separate process, under load from another one. */
export interface MeasuredServer {
  readonly url: string;
  /** Milliseconds from the start of the process to the first answer. */
  readonly startup: number;
  load(options: Readonly<Record<string, number>>): Promise<Round>;
  /** Megabytes of memory in use now. */
  memory(): Promise<number>;
  stop(): Promise<void>;
}

export async function startServer({ name, command }: Contestant): Promise<MeasuredServer> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const started = performance.now();
  const child = spawn(process.execPath, command(port), { stdio: "ignore" });
  while (!(await answers(url))) {
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const startup = performance.now() - started;
  return {
    url,
    startup,
    async load(options) {
      const flags = Object.entries({ url, ...options }).flatMap(([flag, value]) => [
        `--${flag}`,
        String(value),
      ]);
      const before = await cpuTime(child);
      const { stdout } = await run(process.execPath, [LOAD, ...flags]);
      const { perSecond, answered, statuses } = JSON.parse(stdout);
      return { perSecond, cpu: ((await cpuTime(child)) - before) / answered, statuses };
    },
    memory: async () => Number((await run("ps", ["-o", "rss=", "-p", String(child.pid)])).stdout) / 1024,
    async stop() {
      const closed = once(child, "close");
      child.kill("SIGTERM");
      const force = setTimeout(() => child.kill("SIGKILL"), 3_000);
      await closed;
      clearTimeout(force);
    },
  };
}

async function answers(url: string): Promise<boolean> {
  const headers = { authorization: `Basic ${btoa("client:key")}`, "content-type": "application/json" };
  const body = '{"amount":5}';
  return fetch(`${url}/v2/payout-links`, { method: "POST", headers, body }).then(
    (response) => response.ok,
    () => false,
  );
}

/** Microseconds of CPU time so far, on Linux; not a number on other systems. */
async function cpuTime(child: ChildProcess): Promise<number> {
  const stat = await readFile(`/proc/${child.pid}/stat`, "utf8").catch(() => "");
  const [user, system] = stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .slice(11, 13);
  return (Number(user) + Number(system)) * 10_000;
}
