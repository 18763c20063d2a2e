import { statSync } from "node:fs";

/** A file that a spec was read from, or looked for. */
export interface SpecFile {
  /** Absolute. */
  readonly path: string;
  /** Identifies the file's state just before it was read. */
  readonly state: string;
}

/** A file's current state. Empty if it is missing or not accessible. */
export function specFile(path: string): SpecFile {
  try {
    const { ino, size, mtimeMs } = statSync(path);
    return { path, state: `${ino} ${size} ${mtimeMs}` };
  } catch {
    return { path, state: "" };
  }
}
