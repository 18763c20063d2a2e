import { readdirSync } from "node:fs";
import { join, normalize, sep } from "node:path";

/** All files below a folder, as paths relative to it. */
export function listFiles(folder: string): string[] {
  const root = normalize(`${folder}/`);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length).replaceAll(sep, "/"));
}
