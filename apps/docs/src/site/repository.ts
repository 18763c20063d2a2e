import { existsSync, globSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { isObject } from "@dots-payouts/openapi";

const ROOT = fileURLToPath(new URL("../../../../", import.meta.url));

/** A package that is published from this repository, with its texts. */
export interface PublishedPackage {
  readonly name: string;
  readonly description: string;
  readonly version: string;
  /** Its folder, relative to the repository's root. */
  readonly folder: string;
  readonly readme: string;
  readonly changelog: string | undefined;
}

/** The published packages, in the order in which the repository's README lists them. */
export function listPublishedPackages(): PublishedPackage[] {
  const manifests = ["spec/package.json", ...globSync("packages/*/package.json", { cwd: ROOT }).sort()];
  return manifests.flatMap((path) => {
    const manifest: unknown = JSON.parse(read(path) ?? "null");
    if (!isObject(manifest) || manifest["private"] === true) return [];
    const { name, description, version } = manifest;
    if (typeof name !== "string" || typeof description !== "string" || typeof version !== "string") return [];
    const folder = dirname(path);
    const readme = read(join(folder, "README.md"));
    if (readme === undefined) return [];
    return [{ name, description, version, folder, readme, changelog: read(join(folder, "CHANGELOG.md")) }];
  });
}

/** The changes since the last release: the texts of the pending changesets. */
export function listPendingChanges(): string[] {
  const folder = join(ROOT, ".changeset");
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".md") && name !== "README.md")
    .sort()
    .map((name) =>
      readFileSync(join(folder, name), "utf8")
        .replace(/^---\n[\s\S]*?\n---\n/, "")
        .trim(),
    )
    .filter((text) => text !== "");
}

function read(path: string): string | undefined {
  const file = join(ROOT, path);
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
