import { join } from "node:path";
import { watch } from "chokidar";
import { textOf } from "./text-of.ts";

/** Editors write a file in several steps; a pause of this many milliseconds means that they are done. */
const SETTLED_MS = 80;

/**
 * Calls `changed` after each edit of a file in the spec's folder that changes its text. Edits while `changed` is
 * running cause one more call when it is done.
 * @returns a function that ends the watch
 */
export async function watchSpec(folder: string, changed: () => Promise<void>): Promise<() => Promise<void>> {
  const watcher = watch(folder, {
    ignoreInitial: true,
    ignored: (path) =>
      /[/\\](node_modules|dist|\.turbo|test)([/\\]|$)|~$|\.sw[a-z]$/.test(path.slice(folder.length)),
  });
  let timer: NodeJS.Timeout | undefined;
  let working = false;
  let again = false;
  let known: string | undefined;
  const read = (): Promise<string> =>
    textOf(
      Object.entries(watcher.getWatched()).flatMap(([path, names]) => names.map((name) => join(path, name))),
    );
  const run = async (): Promise<void> => {
    if (working) {
      again = true;
      return;
    }
    working = true;
    do {
      again = false;
      const text = await read();
      if (text === known) continue;
      known = text;
      await changed();
    } while (again);
    working = false;
  };
  watcher.on("all", () => {
    clearTimeout(timer);
    timer = setTimeout(run, SETTLED_MS);
  });
  await new Promise<void>((resolve) => watcher.once("ready", resolve));
  known = await read();
  return async () => {
    clearTimeout(timer);
    await watcher.close();
  };
}
