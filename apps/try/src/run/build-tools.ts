import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const REPOSITORY = fileURLToPath(new URL("../../../..", import.meta.url));

/** By its file: on Windows the command of this name is a script, which cannot be started without a shell. */
const TURBO = join(REPOSITORY, "node_modules/turbo/bin/turbo");

/** Brings the mock and the contract suite up to date. What is said of it is no part of the result, and goes to stderr. */
export function buildTools(): void {
  const names = ["mock", "contract"].map((name) => `--filter=@dots-payouts/${name}`);
  execFileSync(process.execPath, [TURBO, "run", "build", ...names, "--output-logs=errors-only"], {
    cwd: REPOSITORY,
    env: { TURBO_TELEMETRY_DISABLED: "1", ...process.env },
    stdio: ["ignore", process.stderr.fd, process.stderr.fd],
  });
}
