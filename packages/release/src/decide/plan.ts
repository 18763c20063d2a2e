import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isObject } from "@dots-payouts/openapi";
import { readGroup } from "../repository/group.ts";
import { askRegistry } from "../repository/registry.ts";
import { run } from "../repository/run.ts";
import { furthest } from "./bump.ts";
import { readPending } from "./pending.ts";

/** What the release workflow has to do next. The two are independent: pending changesets don't block publishing. */
export interface Plan {
  /** Whether changesets are pending that raise a version. */
  readonly raise: boolean;
  /** Whether the current version of a package is missing on the registry. */
  readonly publish: boolean;
  readonly version: string;
  /** The commit that raised the version. It is published, whatever was merged since. */
  readonly commit: string;
}

/**
 * Decides only from the repository and the registry, so that the next run makes up for one that was skipped or failed.
 * @throws Problem if the registry cannot be reached.
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
    const id = `${name}@${version}`;
    const unreachable = `The registry cannot be reached for ${id}.`;
    const found = await askRegistry(root, ["view", id, "version", "--json"], unreachable);
    if ((found ?? "").trim() === "") return false;
  }
  return true;
}
