import { runCommand } from "@dots-payouts/try";

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command as `pnpm try` does, but in this process. */
export async function run(...args: string[]): Promise<Ended> {
  let stdout = "";
  let stderr = "";
  const code = await runCommand(args, {
    out: (text) => {
      stdout += text;
    },
    err: (text) => {
      stderr += text;
    },
    width: 100,
  });
  return { code, stdout, stderr };
}
