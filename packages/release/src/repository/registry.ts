import { Problem } from "./problem.ts";
import { run } from "./run.ts";

/** What npm prints for a package or a version that the registry does not have. */
const NOT_THERE = /\b(E404|ETARGET)\b/;

/**
 * Asks the registry with npm.
 * @param args the arguments for npm
 * @param unreachable the message if the registry can't be reached
 * @returns npm's output; `undefined` if the registry does not have it
 * @throws Problem if the registry can't be reached
 */
export async function askRegistry(
  root: string,
  args: readonly string[],
  unreachable: string,
): Promise<string | undefined> {
  return run("npm", args, { cwd: root }).catch((error: unknown) => {
    const cause = error instanceof Error ? error.message : String(error);
    if (NOT_THERE.test(cause)) return undefined;
    throw new Problem(`${unreachable}\n${cause}`);
  });
}
