import { spawnSync } from "node:child_process";
import type { Measured } from "./measurement.ts";

/** The shell knows the CPU time of its children and their children, and prints it at the end. */
const SHELL = `"$@"; code=$?; times >&2; exit $code`;

interface Finished extends Measured {
  readonly output: string;
}

/**
 * Runs a command to its end.
 * @throws Error with the end of its output if it fails.
 */
export function runTimed(
  place: { readonly folder: string; readonly env: NodeJS.ProcessEnv },
  command: string,
  ...args: readonly string[]
): Finished {
  const started = performance.now();
  const { status, stdout, stderr, error } = spawnSync("sh", ["-c", SHELL, "sh", command, ...args], {
    cwd: place.folder,
    env: place.env,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const value = performance.now() - started;
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${[command, ...args].join(" ")} failed: ${lastWords(stdout + stderr)}`);
  return { value, cpu: readTimes(stderr), output: stdout };
}

/**
 * `times` prints minutes and seconds, in user and in system mode: a line for the shell, and a line for its children.
 */
function readTimes(stderr: string): number {
  const [, ...parts] = /(\d+)m([\d.,]+)s (\d+)m([\d.,]+)s\s*$/.exec(stderr) ?? [];
  const [minutes = 0, seconds = 0, systemMinutes = 0, systemSeconds = 0] = parts.map((part) =>
    Number(part.replace(",", ".")),
  );
  return 1_000 * (60 * (minutes + systemMinutes) + seconds + systemSeconds);
}

function lastWords(output: string): string {
  const lines = output.split("\n").filter((line) => line.trim() !== "" && !/^\d+m[\d.,]+s /.test(line));
  return lines.slice(-5).join(" / ").slice(0, 500);
}
