import { type SpecFile, specFile } from "../spec/spec-file.ts";

/** Milliseconds between looks at the files. */
const PERIOD = 100;

/** Files that are watched. */
export interface WatchedFiles {
  close(): void;
}

/**
 * Has files read again after they have changed, once they stand still: a file is often written in several steps. That one
 * is made, removed or replaced counts too, also by a folder or a link on the way to it. For that, each file is looked at
 * now and then. Notices of the system (`fs.watch`) end silently when a folder is replaced, and may be used up (ENOSPC).
 * @param files the files, each in the state it was read in: what has changed since then counts
 * @param read reads again; resolves with the files to watch from then on. The files are not looked at meanwhile.
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
