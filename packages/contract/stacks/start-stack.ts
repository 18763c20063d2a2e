import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Stack } from "./stacks.ts";

export const SPEC = createRequire(import.meta.url).resolve("@dots-payouts/spec/openapi.json");
export const CACHE = join(import.meta.dirname, "../node_modules/.cache/stacks");

/** The programs of a stack that are not installed. */
export function missingPrograms({ programs }: Stack): string[] {
  return programs.filter(
    (program) => spawnSync(program, ["--help"], { stdio: "ignore" }).error !== undefined,
  );
}

/** Fetches and compiles what a stack needs. */
export function prepareStack(stack: Stack): string {
  const folder = join(CACHE, stack.name.toLowerCase().replace(/[^a-z0-9]+/g, "-"));
  mkdirSync(folder, { recursive: true });
  for (const [program, ...args] of stack.prepare(folder)) {
    execFileSync(program, args, { stdio: ["ignore", "inherit", "inherit"] });
  }
  return folder;
}

export interface Running extends AsyncDisposable {
  readonly url: string;
}

/** Starts a server, and waits until it answers. */
export async function start(
  [program, ...args]: readonly [string, ...string[]],
  env: Readonly<Record<string, string>>,
  port: number,
): Promise<Running> {
  const child = spawn(program, args, {
    stdio: "ignore",
    env: { ...process.env, SPEC, PORT: String(port), ...env },
  });
  const url = `http://127.0.0.1:${port}`;
  const running: Running = { url, [Symbol.asyncDispose]: () => end(child) };
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (child.exitCode !== null)
      throw new Error(`${program} ended with ${child.exitCode} before it answered`);
    if (await answers(url)) return running;
    await wait(100);
  }
  await end(child);
  throw new Error(`${program} does not answer at ${url}`);
}

async function answers(url: string): Promise<boolean> {
  try {
    await fetch(url);
    return true;
  } catch {
    return false;
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await ended;
}

/** A free port. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        typeof address === "object" && address !== null
          ? resolve(address.port)
          : reject(new Error("no port")),
      );
    });
  });
}
