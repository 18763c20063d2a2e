import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";

/**
 * Puts a finished build in the place of the one before. Each file is replaced by renaming, so that a reader meets the
 * old file or the new one, never half of one and never none. What pages need comes before the pages, and the start
 * page comes last. What the new build does not have goes when all else is there.
 */
export async function publishFolder(from: string, to: string): Promise<void> {
  const files = (await listFiles(from)).sort((a, b) => order(a) - order(b));
  for (const file of files) {
    const target = join(to, file);
    await mkdir(dirname(target), { recursive: true });
    await rename(join(from, file), target);
  }
  const kept = new Set(files);
  for (const file of await listFiles(to)) if (!kept.has(file)) await rm(join(to, file), { force: true });
  await rm(from, { recursive: true });
}

function order(file: string): number {
  if (file === "index.html") return 2;
  return file.endsWith(".html") ? 1 : 0;
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, "/").length));
}
