import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { vi } from "vitest";
import { main } from "../../src/main.ts";

const bin = fileURLToPath(new URL("../../bin/dots-outbox.js", import.meta.url));
const CREDENTIALS = { DOTS_CLIENT_ID: "client", DOTS_API_KEY: "key" };

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the command in this process, which is much faster than in a separate one. */
export async function inProcess(
  folder: string,
  args: readonly string[],
  credentials: Partial<typeof CREDENTIALS> = {},
): Promise<Ended> {
  const out: string[] = [];
  const err: string[] = [];
  const before = process.cwd();
  const spies = [
    vi.spyOn(console, "log").mockImplementation((line) => void out.push(`${line}\n`)),
    vi.spyOn(console, "error").mockImplementation((line) => void err.push(`${line}\n`)),
    vi.spyOn(process.stdout, "write").mockImplementation((text, ...rest) => {
      out.push(String(text));
      const done: unknown = rest.at(-1);
      if (typeof done === "function") done();
      return true;
    }),
    vi.spyOn(process.stderr, "write").mockImplementation((text) => err.push(String(text)) > 0),
  ];
  for (const [name, value] of Object.entries({ ...CREDENTIALS, ...credentials })) vi.stubEnv(name, value);
  process.chdir(folder);
  try {
    const code = await main(args);
    return { code, out: out.join(""), err: err.join("") };
  } finally {
    process.chdir(before);
    vi.unstubAllEnvs();
    for (const spy of spies) spy.mockRestore();
  }
}

/** Runs the installed command in a separate process. */
export function spawned(
  folder: string,
  args: readonly string[],
  input = "",
  onStart?: (child: ChildProcess) => void,
): Promise<Ended> {
  const child = spawn(process.execPath, [bin, ...args], {
    cwd: folder,
    env: { ...process.env, ...CREDENTIALS },
  });
  const out: string[] = [];
  const err: string[] = [];
  child.stdout.on("data", (chunk) => out.push(String(chunk)));
  child.stderr.on("data", (chunk) => err.push(String(chunk)));
  child.stdin.end(input);
  onStart?.(child);
  return new Promise((resolve) =>
    child.once("close", (code) => resolve({ code, out: out.join(""), err: err.join("") })),
  );
}
