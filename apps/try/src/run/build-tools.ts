import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const REPOSITORY = fileURLToPath(new URL("../../../..", import.meta.url));

/** Builds the mock and the contract suite if necessary. The output is not part of the result, and goes to stderr. */
export function buildTools(): void {
  const names = ["mock", "contract"].map((name) => `--filter=@dots-payouts/${name}`);
  execFileSync("turbo", ["run", "build", ...names, "--output-logs=errors-only"], {
    cwd: REPOSITORY,
    env: { TURBO_TELEMETRY_DISABLED: "1", ...process.env },
    stdio: ["ignore", process.stderr.fd, process.stderr.fd],
  });
}
