import { watch } from "node:fs";
import { basename, dirname, resolve } from "node:path";

/** Milliseconds of quiet after a change: a file is often written in several steps. */
const SETTLE = 50;

/** Calls back after each change of a file, also when it is replaced by another. Returns what ends that. */
export function watchSpec(file: string, changed: () => void): () => void {
  const path = resolve(file);
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(dirname(path), (_event, name) => {
    if (name !== null && name !== basename(path)) return;
    clearTimeout(timer);
    timer = setTimeout(changed, SETTLE);
  });
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}
