import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { isObject } from "@dots-payouts/openapi";
import { Problem } from "./problem.ts";

/** The packages that are released together, from the configuration of changesets. */
export async function readGroup(root: string): Promise<string[]> {
  const text = await readFile(join(root, ".changeset/config.json"), "utf8").catch(() => {
    throw new Problem(
      `There is no .changeset/config.json in ${root}. Run this in the root of the repository.`,
    );
  });
  const config: unknown = JSON.parse(text);
  const fixed = typeof config === "object" && config !== null && "fixed" in config ? config.fixed : undefined;
  const [group] = Array.isArray(fixed) ? fixed : [];
  if (!Array.isArray(group) || !group.every((name) => typeof name === "string")) {
    throw new Problem(".changeset/config.json names no fixed group of packages.");
  }
  return group;
}

/**
 * The folder of one of them.
 * @throws Problem if there is none.
 */
export async function findPackage(root: string, name: string): Promise<string> {
  const folders = await readdir(join(root, "packages")).catch(() => []);
  const packages = folders.map((folder) => join(root, "packages", folder));
  for (const folder of [join(root, "spec"), ...packages]) {
    const text = await readFile(join(folder, "package.json"), "utf8").catch(() => "{}");
    const manifest: unknown = JSON.parse(text);
    if (isObject(manifest) && manifest["name"] === name) return folder;
  }
  throw new Problem(`.changeset/config.json names ${name}, which is no package of this repository.`);
}
