import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";

/**
 * Tells one state of files from another by what they say: many editors write, rename and remove more files than the one
 * that is edited. What can't be read, such as a folder or a file that is gone by now, does not count.
 */
export async function textOf(files: readonly string[]): Promise<string> {
  const hash = createHash("sha256");
  for (const file of files.toSorted()) {
    const text = await readFile(file).catch(() => undefined);
    if (text !== undefined) hash.update(JSON.stringify([file, text.length])).update(text);
  }
  return hash.digest("hex");
}
