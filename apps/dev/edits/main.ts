import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Workspace } from "@dots-payouts/workspace";
import { editSpec } from "./edit-spec.ts";

// Runs what `pnpm test` runs, in a copy of the repository in which nothing but the spec has been edited: no test may
// depend on which operations and fields the API has. It takes as long as `pnpm test` does from a fresh clone.
const TASKS = ["style", "unused", "names", "check", "test", "contract", "docs"];

const workspace = new Workspace();
try {
  const file = join(workspace.folder, "spec/openapi.yaml");
  writeFileSync(file, editSpec(readFileSync(file, "utf8")));
  workspace.commit("Edit the spec");
  const { status } = spawnSync(
    "turbo",
    ["run", ...TASKS, "--continue", "--output-logs=errors-only", ...process.argv.slice(2)],
    { cwd: workspace.folder, env: workspace.env, stdio: "inherit" },
  );
  process.exitCode = status ?? 1;
} finally {
  workspace.remove();
}
