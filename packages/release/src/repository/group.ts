import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Problem } from "./problem.ts";

/** The packages that are released together, from the configuration of changesets. */
export async function readGroup(root: string): Promise<string[]> {
  const config: unknown = JSON.parse(await readFile(join(root, ".changeset/config.json"), "utf8"));
  const fixed = typeof config === "object" && config !== null && "fixed" in config ? config.fixed : undefined;
  const [group] = Array.isArray(fixed) ? fixed : [];
  if (!Array.isArray(group) || !group.every((name) => typeof name === "string")) {
    throw new Problem(".changeset/config.json names no fixed group of packages.");
  }
  return group;
}
