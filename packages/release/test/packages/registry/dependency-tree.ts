import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isObject, type Json, type JsonObject } from "@dots-payouts/openapi";

export interface Dependency {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly free: boolean;
  /** The scripts that run on installation. */
  readonly scripts: readonly string[];
}

const FREE = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC0-1.0",
  "ISC",
  "MIT",
  "Python-2.0",
  "Unlicense",
]);
const SCRIPTS = ["preinstall", "install", "postinstall"];

/** Every package that is installed below a folder. */
export function dependencyTree(folder: string): Dependency[] {
  const manifests = readdirSync(join(folder, "node_modules"), { recursive: true, encoding: "utf8" }).filter(
    (path) =>
      // A package's own manifest, not one that only tells modules from scripts.
      /(^|node_modules\/)(@[^/]+\/)?[^/@][^/]*\/package\.json$/.test(path.replaceAll("\\", "/")),
  );
  return manifests.map((path) => read(join(folder, "node_modules", path)));
}

function read(file: string): Dependency {
  const manifest: Json = JSON.parse(readFileSync(file, "utf8"));
  if (!isObject(manifest)) throw new Error(`${file} is not a manifest`);
  const declared = isObject(manifest["scripts"]) ? Object.keys(manifest["scripts"]) : [];
  const scripts = declared.filter((name) => SCRIPTS.includes(name));
  const license = licenseOf(manifest);
  // `(MIT OR Apache-2.0)` offers a choice.
  const choices = license.replace(/^\((.*)\)$/, "$1").split(" OR ");
  return {
    name: String(manifest["name"]),
    version: String(manifest["version"]),
    license,
    free: choices.some((choice) => FREE.has(choice)),
    scripts,
  };
}

/** `license`, or `licenses` in older manifests. */
function licenseOf({ license, licenses }: JsonObject): string {
  const value = license ?? (Array.isArray(licenses) ? licenses[0] : undefined);
  if (typeof value === "string") return value;
  return isObject(value) ? String(value["type"]) : "none";
}
