import { type FSWatcher, watch } from "node:fs";
import { dirname, join } from "node:path";

/** Milliseconds of quiet after a change: a file is often written in several steps. */
const SETTLE = 50;

/** Files that are watched. */
export interface WatchedFiles {
  /** Watches these from now on, given by their absolute paths. */
  watch(files: readonly string[]): void;
  /** Counts a change of any file beside those, until they are named anew. */
  watchAll(): void;
  close(): void;
}

/** Calls back after each change of a file, also when it is replaced by another. */
export function watchFiles(changed: () => void): WatchedFiles {
  const folders = new Map<string, FSWatcher>();
  let watched: ReadonlySet<string> | undefined;
  let timer: NodeJS.Timeout | undefined;
  const open = (folder: string) =>
    watch(folder, (_event, name) => {
      if (name !== null && watched?.has(join(folder, name)) === false) return;
      clearTimeout(timer);
      timer = setTimeout(changed, SETTLE);
    });
  return {
    watch(files) {
      watched = new Set(files);
      const needed = new Set(files.map((file) => dirname(file)));
      for (const [folder, watcher] of folders) {
        if (needed.has(folder)) continue;
        watcher.close();
        folders.delete(folder);
      }
      for (const folder of needed) if (!folders.has(folder)) folders.set(folder, open(folder));
    },
    watchAll() {
      watched = undefined;
    },
    close() {
      clearTimeout(timer);
      for (const watcher of folders.values()) watcher.close();
    },
  };
}
