import { readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import type { Change } from "../compare/change/change.ts";
import { findPackage } from "../repository/group.ts";
import { run } from "../repository/run.ts";
import { compareReports, REPORT } from "./report.ts";

/** What has changed in the public types of the packages since a tag, by the reports in the repository. */
export async function typeChanges(root: string, group: readonly string[], tag: string): Promise<Change[]> {
  const changes: Change[] = [];
  for (const name of group) {
    const folder = await findPackage(root, name).catch(() => undefined);
    if (folder === undefined) continue;
    const file = relative(root, join(folder, REPORT)).replaceAll(sep, "/");
    const [before, after] = await Promise.all([
      // Releases before the first report have none.
      run("git", ["show", `${tag}:${file}`], { cwd: root }).catch(() => undefined),
      readFile(join(root, file), "utf8").catch(() => undefined),
    ]);
    if (before !== undefined && after !== undefined) changes.push(...compareReports(name, before, after));
  }
  return changes;
}
