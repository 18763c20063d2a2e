import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isObject } from "@dots-payouts/openapi";
import { readGroup } from "../repository/group.ts";
import { Problem } from "../repository/problem.ts";
import { run } from "../repository/run.ts";
import { furthest } from "./bump.ts";
import { readPending } from "./pending.ts";

/** What the release workflow has to do next. The two are independent: what waits for the next release holds up none. */
export interface Plan {
  /** Whether changesets are pending that raise a version. */
  readonly raise: boolean;
  /** Whether a package is not on the registry in the current version. */
  readonly publish: boolean;
  readonly version: string;
  /** The commit that raised the version. It is what is published, whatever has been merged since. */
  readonly commit: string;
}

/**
 * Decides from the repository and the registry alone, so that a run which was skipped or failed is made up for by the next.
 * @throws Problem if the registry cannot be asked.
 */
export async function planRelease(root: string): Promise<Plan> {
  const group = await readGroup(root);
  const pending = await readPending(root, group);
  const manifest: unknown = JSON.parse(await readFile(join(root, "spec/package.json"), "utf8"));
  const version = isObject(manifest) ? String(manifest["version"]) : "";
  const raised = await run(
    "git",
    ["log", "-1", "--format=%H", `-S"version": "${version}"`, "--", "spec/package.json"],
    { cwd: root },
  );
  return {
    raise: furthest(pending.map(({ bump }) => bump)) !== "none",
    publish: version !== "0.0.0" && !(await arePublished(root, group, version)),
    version,
    commit: raised.trim(),
  };
}

/** The plan as lines for the file that GitHub Actions reads outputs from. */
export function writePlan(plan: Plan): string {
  return Object.entries(plan)
    .map(([name, value]) => `${name}=${value}`)
    .join("\n");
}

async function arePublished(root: string, group: readonly string[], version: string): Promise<boolean> {
  for (const name of group) {
    const found = await run("npm", ["view", `${name}@${version}`, "version", "--json"], { cwd: root }).catch(
      (error: unknown) => {
        const cause = error instanceof Error ? error.message : String(error);
        if (/\bE404\b/.test(cause)) return "";
        throw new Problem(`The registry cannot be asked for ${name}@${version}.\n${cause}`);
      },
    );
    if (found.trim() === "") return false;
  }
  return true;
}
