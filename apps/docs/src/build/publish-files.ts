import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative, sep } from "node:path";

/**
 * Puts a finished site, its files by their paths, in the place of the one before. A file that is as it was is left
 * alone. Each other is replaced by renaming, so that a reader meets the old file or the new one, never half of one and
 * never none. What pages need comes before the pages, and the start page comes last: whoever watches it learns that the
 * site is new. What the new site does not have goes when all else is there.
 */
export function publishFiles(files: ReadonlyMap<string, string>, to: string): void {
  const changed = [...files].filter(([file, content]) => !stands(join(to, file), content));
  const start = files.get("index.html");
  if (start !== undefined && changed.length > 0) changed.push(["index.html", start]);
  mkdirSync(dirname(to), { recursive: true });
  // Beside its goal, so that the files can be renamed into place: that works on one file system only.
  const work = mkdtempSync(join(dirname(to), ".building-"));
  try {
    for (const [file, content] of changed.sort(([a], [b]) => order(a) - order(b))) {
      const written = join(work, "file");
      writeFileSync(written, content);
      mkdirSync(dirname(join(to, file)), { recursive: true });
      renameSync(written, join(to, file));
    }
  } finally {
    rmSync(work, { recursive: true });
  }
  for (const file of listFiles(to)) if (!files.has(file)) rmSync(join(to, file));
}

function stands(file: string, content: string): boolean {
  return existsSync(file) && readFileSync(file, "utf8") === content;
}

function order(file: string): number {
  if (file === "index.html") return 2;
  return file.endsWith(".html") ? 1 : 0;
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, "/"));
}
