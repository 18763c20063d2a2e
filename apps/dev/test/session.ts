import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Workspace } from "@dots-payouts/workspace";

/** A running `pnpm start`, with its output. */
export class Session {
  readonly process: ChildProcess;
  #text = "";
  #waiting: (() => void)[] = [];

  /** @param launcher a process that starts it instead of the test: a shell that waits for it */
  constructor(
    workspace: Pick<Workspace, "folder" | "env">,
    args: readonly string[],
    launcher: readonly string[] = [],
  ) {
    const [command = "node", ...rest] = [...launcher, "node"];
    const main = join(workspace.folder, "apps/dev/src/main.ts");
    this.process = spawn(command, [...rest, main, ...args], {
      cwd: workspace.folder,
      env: workspace.env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream?.setEncoding("utf8").on("data", (chunk: string) => {
        this.#text += chunk;
        this.#wake();
      });
    }
    this.process.once("close", () => this.#wake());
  }

  /** Everything printed so far. */
  get text(): string {
    return this.#text;
  }

  /** Waits for output that matches, and returns it. Fails if the process ends first. */
  async printed(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(this.#text);
      if (match !== null) return match;
      if (this.#hasEnded) throw new Error(`ended without printing ${pattern}:\n${this.#text}`);
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /** Forgets the output, so that the next wait is for new output. */
  forget(): void {
    this.#text = "";
  }

  /** Waits until the process ends, and returns the exit code. */
  async ended(): Promise<number | null> {
    if (!this.#hasEnded) await once(this.process, "close");
    return this.process.exitCode;
  }

  /** Sends a signal, and returns the exit code. */
  stop(signal: NodeJS.Signals): Promise<number | null> {
    this.process.kill(signal);
    return this.ended();
  }

  /** A process that is killed has no exit code. */
  get #hasEnded(): boolean {
    return this.process.exitCode !== null || this.process.signalCode !== null;
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
