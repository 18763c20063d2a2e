import { existsSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { OutboxError } from "../outbox-error.ts";

/**
 * A file to write a report to.
 * @param flag the flag that names it
 * @param kept files that must not be overwritten, such as the store and the rows
 * @throws OutboxError if it is one of them, its folder does not exist, or its extension is unknown
 */
export function readReportFile(flag: string, file: string, kept: readonly string[]): string {
  if (!/\.(csv|html)$/i.test(file)) {
    throw new OutboxError(`${flag} takes a file that ends in .csv or .html, not ${JSON.stringify(file)}.`);
  }
  if (!existsSync(dirname(resolve(file))))
    throw new OutboxError(`${flag} ${file}: the folder does not exist.`);
  const same = kept.find((other) => isSameFile(file, other));
  if (same === undefined) return file;
  throw new OutboxError(`${flag} ${file} would overwrite ${same}. Choose another file.`);
}

/** Whether two names lead to the same file, which may not exist yet. */
function isSameFile(one: string, other: string): boolean {
  if (realPath(one) === realPath(other)) return true;
  if (!existsSync(one) || !existsSync(other)) return false;
  const [{ dev, ino }, second] = [statSync(one), statSync(other)];
  return ino === second.ino && dev === second.dev;
}

function realPath(file: string): string {
  const path = resolve(file);
  if (existsSync(path)) return realpathSync(path);
  const folder = dirname(path);
  return join(existsSync(folder) ? realpathSync(folder) : folder, basename(path));
}
