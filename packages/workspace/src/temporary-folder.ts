import { statfsSync } from "node:fs";
import { tmpdir } from "node:os";

/** A folder that Linux keeps in memory. */
const MEMORY = "/dev/shm";

/** The most that the tests need, in bytes, with room to spare. A container's folder is often smaller. */
const NEEDED = 2 ** 30;

/**
 * The folder for temporary files: in memory if the system has enough, because creating a thousand small files on disk
 * takes a second of CPU time.
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
