import { accessSync, constants, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A file system in memory, if Linux has one: a store waits for its disk at every step, and so would tests. */
const MEMORY = "/dev/shm";

/** Makes a folder for the files of a test. */
export function scratchFolder(name: string): string {
  return mkdtempSync(join(isWritable(MEMORY) ? MEMORY : tmpdir(), `${name}-`));
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
