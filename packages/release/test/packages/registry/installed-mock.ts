import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import type { Consumer } from "./consumer.ts";

export const credentials = ["--username", "id", "--password", "key"];

/** The mock that a project has installed, run by its command. */
export class InstalledMock {
  readonly url: string;
  readonly #child: ChildProcess;

  private constructor(url: string, child: ChildProcess) {
    this.url = url;
    this.#child = child;
  }

  static async start(project: Consumer): Promise<InstalledMock> {
    const child = spawn("node_modules/.bin/dots-mock", ["--port", "0", ...credentials], {
      cwd: project.folder,
      env: { ...process.env, PATH: `${dirname(process.execPath)}:${process.env["PATH"]}` },
      stdio: ["ignore", "pipe", "inherit"],
    });
    for await (const line of createInterface({ input: child.stdout })) {
      const url = /http:\/\/\S+/.exec(line)?.[0];
      if (url !== undefined) return new InstalledMock(url, child);
    }
    throw new Error("the mock ended before it listened");
  }

  async stop(): Promise<void> {
    const exit = once(this.#child, "exit");
    this.#child.kill();
    await exit;
  }
}
