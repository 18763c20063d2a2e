import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { CommandFailed } from "../outcome/outcome.ts";

/** On Windows the command of this name is a script, which cannot be started without a shell: Node runs its file. */
const PROGRAMS: ReadonlyMap<string, string> = new Map([
  ["tsc", fileURLToPath(new URL("../../../../node_modules/typescript/bin/tsc", import.meta.url))],
]);

/** How long a command may take, in milliseconds. */
const PATIENCE = 600_000;

/**
 * Runs a command, and returns its output.
 * @throws CommandFailed
 */
export function runCommand(
  folder: string,
  env: NodeJS.ProcessEnv,
  command: string,
  ...args: string[]
): string {
  const file = PROGRAMS.get(command);
  const [program, given] = file === undefined ? [command, args] : [process.execPath, [file, ...args]];
  const { status, stdout, stderr, error } = spawnSync(program, given, {
    cwd: folder,
    env,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    timeout: PATIENCE,
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (status === 0) return stdout;
  const tookTooLong = error !== undefined && "code" in error && error.code === "ETIMEDOUT";
  throw new CommandFailed(command, `${stderr ?? ""}\n${stdout ?? ""}\n${error?.message ?? ""}`, tookTooLong);
}
