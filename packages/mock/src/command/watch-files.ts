import { type SpecFile, specFile } from "../spec/spec-file.ts";

/** Milliseconds between checks of the files. */
const PERIOD = 100;

/** Files that are watched. */
export interface WatchedFiles {
  close(): void;
}

/**
 * Rereads files after they have changed, once they no longer change: a file is often written in several steps.
 * Creating, removing or replacing a file counts too, also through a folder or symlink on its path. So the files are
 * polled: the system's notifications (`fs.watch`) stop silently when a folder is replaced, and may run out (ENOSPC).
 * @param files the files, each with its state when it was read: later changes count
 * @param read reads again; resolves with the files to watch from then on. No checks happen in the meantime.
 */
export function watchFiles(
  files: readonly SpecFile[],
  read: () => Promise<readonly SpecFile[]>,
): WatchedFiles {
  let known = files;
  let moving = false;
  let timer = setTimeout(look, PERIOD);
  let closed = false;
  async function look() {
    const now = known.map(({ path }) => specFile(path));
    const differs = now.some(({ state }, index) => state !== known[index]?.state);
    known = moving && !differs ? await read() : now;
    moving = differs;
    if (!closed) timer = setTimeout(look, PERIOD);
  }
  return {
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}
