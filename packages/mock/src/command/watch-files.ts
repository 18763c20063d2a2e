import { statSync } from "node:fs";

/** Milliseconds between looks at the files. */
const PERIOD = 100;

/** Files that are watched. */
export interface WatchedFiles {
  /** Watches these from now on. */
  watch(files: readonly string[]): void;
  close(): void;
}

/**
 * Calls back after files have changed, once they stand still: a file is often written in several steps. That one is made,
 * removed or replaced counts too, also by a folder or a link on the way to it. For that, each file is looked at now and
 * then. Notices of the system (`fs.watch`) end silently when a folder is replaced, and may be used up (ENOSPC).
 */
export function watchFiles(changed: () => void): WatchedFiles {
  let known = new Map<string, string>();
  let moving = false;
  const look = () => {
    const now = new Map([...known.keys()].map((file) => [file, markOf(file)]));
    const differs = [...now].some(([file, mark]) => known.get(file) !== mark);
    known = now;
    if (moving && !differs) changed();
    moving = differs;
  };
  const timer = setInterval(look, PERIOD);
  return {
    watch(files) {
      // What has changed since the last look still counts.
      known = new Map(files.map((file) => [file, known.get(file) ?? markOf(file)]));
    },
    close: () => clearInterval(timer),
  };
}

/** What tells one state of a file from another; empty for one that is missing or cannot be looked at. */
function markOf(file: string): string {
  try {
    const { ino, size, mtimeMs } = statSync(file);
    return `${ino} ${size} ${mtimeMs}`;
  } catch {
    return "";
  }
}
