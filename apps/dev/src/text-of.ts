import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";

/**
 * Identifies the state of files by their content: many editors write, rename and remove more files than the edited one.
 * What can't be read, such as a folder or a file that is already gone, does not count.
 */
export async function textOf(files: readonly string[]): Promise<string> {
  const hash = createHash("sha256");
  for (const file of files.toSorted()) {
    const text = await readFile(file).catch(() => undefined);
    if (text !== undefined) hash.update(JSON.stringify([file, text.length])).update(text);
  }
  return hash.digest("hex");
}
