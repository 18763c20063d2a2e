import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Wire } from "../postgres/wire.ts";
import type { FleetChildOptions } from "./fleet-child.ts";

const child = fileURLToPath(new URL("fleet-child.ts", import.meta.url));

/** A worker in a separate process, with connections that can be cut. */
export class Worker {
  readonly api: Wire;
  readonly database: Wire;
  /** Its message when it ended by itself, for a permanent reason. */
  readonly crashes: string[] = [];
  readonly #options: FleetChildOptions;
  readonly #file: string;
  readonly #folder: string;
  #running: ChildProcess | undefined;
  #ready: Promise<unknown> = Promise.resolve();

  constructor(name: string, folder: string, options: FleetChildOptions, api: Wire, database: Wire) {
    this.api = api;
    this.database = database;
    this.#options = options;
    this.#folder = folder;
    this.#file = join(folder, `${name}.json`);
  }

  start(): void {
    writeFileSync(this.#file, JSON.stringify(this.#options));
    // Otherwise each worker would compile the same source.
    const env = { ...process.env, NODE_COMPILE_CACHE: join(this.#folder, "compiled") };
    const running = spawn(process.execPath, [child, this.#file], {
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#ready = new Promise((resolve) => running.stdout.once("data", resolve));
    let complaint = "";
    running.stderr.on("data", (chunk) => {
      complaint += String(chunk);
    });
    this.#running = running;
    void once(running, "exit").then(([code, signal]) => {
      if (this.#running === running) this.#running = undefined;
      // Like a supervisor, which starts workers again, because they may start while the database is down.
      if (signal === null && code !== 0 && !/cannot be reached|cannot be asked/.test(complaint)) {
        this.crashes.push(`${code} ${complaint}`);
      }
    });
  }

  /** Starts it again if it has ended by itself. */
  tend(): void {
    if (this.#running === undefined) this.start();
  }

  kill(): void {
    this.#running?.kill("SIGKILL");
  }

  async pause(milliseconds: number): Promise<void> {
    const running = this.#running;
    running?.kill("SIGSTOP");
    await sleep(milliseconds);
    running?.kill("SIGCONT");
  }

  /** @returns its exit code when it is asked to stop */
  async end(): Promise<number | null> {
    const running = this.#running;
    this.#running = undefined;
    if (running === undefined || running.exitCode !== null) return 0;
    const exited = once(running, "exit");
    const timer = setTimeout(() => running.kill("SIGKILL"), 60_000);
    running.kill("SIGCONT");
    await Promise.race([this.#ready, exited]);
    running.kill("SIGTERM");
    const [code] = await exited;
    clearTimeout(timer);
    return typeof code === "number" ? code : null;
  }
}
