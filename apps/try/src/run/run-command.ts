import { spawnSync } from "node:child_process";
import { CommandFailed } from "../outcome/outcome.ts";

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
  const { status, stdout, stderr, error } = spawnSync(command, args, {
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
