import { execFile } from "node:child_process";
import { Problem } from "./problem.ts";

export interface RunOptions {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  /** In milliseconds. */
  readonly timeout?: number;
}

/**
 * Runs a command and gives what it printed.
 * @throws Problem with what it printed on stderr when it fails.
 */
export function run(command: string, args: readonly string[], options: RunOptions): Promise<string> {
  const { cwd, env = process.env, timeout = 120_000 } = options;
  return new Promise((resolve, reject) => {
    execFile(command, [...args], { cwd, env, timeout, maxBuffer: 64 * 2 ** 20 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else
        reject(
          new Problem(`${command} ${args.join(" ")} failed:\n${(stderr || stdout || error.message).trim()}`),
        );
    });
  });
}
