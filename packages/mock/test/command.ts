import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { parseCommand } from "../src/command/options.ts";
import { serve } from "../src/command/serve.ts";

const BIN = fileURLToPath(new URL("../bin/dots-mock.js", import.meta.url));

/** A `dots-mock` that runs until the test ends. */
interface Output {
  /** Its output so far. */
  text(): string;
  /** Resolves with its output once that matches. */
  output(pattern: RegExp): Promise<string>;
  url(): Promise<string>;
}

/** A `dots-mock` in a separate process. */
export interface Command extends Output {
  readonly child: ChildProcess;
  /** The exit code; `null` if a signal ended it. */
  exit(): Promise<number | null>;
}

/**
 * Serves in this process: to start another one costs as much as fifty requests.
 * @throws MockError what the command would print, to exit with 2
 */
export async function serveHere(...args: string[]): Promise<Output> {
  const command = parseCommand(args);
  if (command.kind !== "serve") throw new Error(`${args.join(" ")} serves nothing`);
  const { add, ...output } = collect();
  await serve(command, {
    print: (line) => add(`${line}\n`),
    onServing: (stop) => onTestFinished(stop),
  });
  return output;
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
  const closed = once(child, "close");
  const { add, ...output } = collect(closed);
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", add);
  return {
    ...output,
    child,
    async exit() {
      await closed;
      return child.exitCode;
    },
  };
}

function collect(closed?: Promise<unknown>): Output & { add(text: string): void } {
  let text = "";
  const waiting = new Set<() => void>();
  const output = (pattern: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const check = () => (pattern.test(text) ? resolve(text) : undefined);
      waiting.add(check);
      void closed?.then(() => reject(new Error(`ended without ${pattern}: ${text}`)));
      check();
    });
  return {
    add(more) {
      text += more;
      for (const check of waiting) check();
    },
    text: () => text,
    output,
    url: async () => /listens on (\S+)/.exec(await output(/listens on http\S+\n/))?.[1] ?? "",
  };
}
