import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Workspace } from "@dots-payouts/workspace";
import { editGuide, editSpec } from "./edit-spec.ts";

// Runs what `pnpm test` runs, in a copy of the repository with an edited spec (and an edited guide that calls a
// removed operation), because no test may depend on the API's operations and fields. Takes as long as `pnpm test` in
// a fresh clone.
const TASKS = ["style", "unused", "names", "prose", "check", "test", "test:packages", "contract", "docs"];

const workspace = new Workspace();

function edit(path: string, change: (text: string) => string): void {
  const file = join(workspace.folder, path);
  writeFileSync(file, change(readFileSync(file, "utf8")));
}

try {
  edit("spec/openapi.yaml", editSpec);
  edit("apps/docs/content/guides/what-became.md", editGuide);
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
