import { statfsSync } from "node:fs";
import { tmpdir } from "node:os";

/** Linux keeps this folder in memory. */
const MEMORY = "/dev/shm";

/** What the tests need at most, in bytes, with room to spare. A container's folder is often smaller. */
const NEEDED = 2 ** 30;

/**
 * The folder for temporary files: in memory where the system has enough of it, since making a thousand small files on
 * a disk takes a second of the processor.
 */
export function temporaryFolder(): string {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    if (bavail * bsize >= NEEDED) return MEMORY;
  } catch {
    // This system has no such folder.
  }
  return tmpdir();
}
