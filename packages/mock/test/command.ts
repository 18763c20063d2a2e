import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const BIN = fileURLToPath(new URL("../bin/dots-mock.js", import.meta.url));

/** A `dots-mock` in a separate process that runs until the test ends. */
export interface Command {
  readonly child: ChildProcess;
  /** Its output so far. */
  text(): string;
  /** Resolves with its output once that matches. */
  output(pattern: RegExp): Promise<string>;
  url(): Promise<string>;
  /** The exit code; `null` if a signal ended it. */
  exit(): Promise<number | null>;
}

export function startCommand(...args: string[]): Command {
  return startOnNode([], args);
}

/** @param flags options for Node */
export function startOnNode(flags: readonly string[], args: readonly string[]): Command {
  const child = spawn(process.execPath, [...flags, BIN, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  let text = "";
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
      for (const check of waiting) check();
    });
  }
  const closed = once(child, "close");
  const output = (pattern: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const check = () => (pattern.test(text) ? resolve(text) : undefined);
      waiting.add(check);
      void closed.then(() => reject(new Error(`ended without ${pattern}: ${text}`)));
      check();
    });
  return {
    child,
    text: () => text,
    output,
    url: async () => /listens on (\S+)/.exec(await output(/listens on http\S+\n/))?.[1] ?? "",
    async exit() {
      await closed;
      return child.exitCode;
    },
  };
}
