import { statSync } from "node:fs";

/** A file that a spec was read from, or looked for. */
export interface SpecFile {
  /** Absolute. */
  readonly path: string;
  /** What tells one state of the file from another, as it was just before it was read. */
  readonly state: string;
}

/** A file as it is now. Its state is empty where it is missing or cannot be looked at. */
export function specFile(path: string): SpecFile {
  try {
    const { ino, size, mtimeMs } = statSync(path);
    return { path, state: `${ino} ${size} ${mtimeMs}` };
  } catch {
    return { path, state: "" };
  }
}
