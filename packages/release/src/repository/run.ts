import spawn, { SubprocessError } from "nano-spawn";
import { Problem } from "./problem.ts";

export interface RunOptions {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  /** In milliseconds. */
  readonly timeout?: number;
}

/**
 * Runs a command and returns its output. `nano-spawn` finds commands that are scripts on Windows, such as npm.
 * @throws Problem with its stderr output if it fails.
 */
export async function run(command: string, args: readonly string[], options: RunOptions): Promise<string> {
  const { cwd, env = process.env, timeout = 120_000 } = options;
  try {
    const { stdout } = await spawn(command, args, { cwd, env, timeout });
    return stdout;
  } catch (error) {
    const said = error instanceof SubprocessError ? error.stderr || error.stdout : "";
    const problem = said || (error instanceof Error ? error.message : String(error));
    throw new Problem(`${command} ${args.join(" ")} failed:\n${problem.trim()}`);
  }
}
