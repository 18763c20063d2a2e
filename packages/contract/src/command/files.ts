import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Json } from "@dots-payouts/openapi";
import { CannotRun } from "../errors/cannot-run.ts";
import { isReport } from "../report/baseline.ts";
import type { Cause } from "../report/model.ts";

/** A file that is written completely or not at all: the old content stays until then. */
export interface PendingFile {
  write(text: string): void;
  /** Removes the file if nothing was written. */
  drop(): void;
}

/** @throws CannotRun if the file cannot be written: better to fail before the run than after it */
export function openFile(path: string): PendingFile {
  const draft = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  const orCannotRun = (work: () => void): void => {
    try {
      work();
    } catch {
      throw new CannotRun(`the report cannot be written to ${path}`);
    }
  };
  orCannotRun(() => writeFileSync(draft, ""));
  return {
    write: (text) =>
      orCannotRun(() => {
        writeFileSync(draft, text);
        renameSync(draft, path);
      }),
    drop: () => rmSync(draft, { force: true }),
  };
}

/** @throws CannotRun if the file is not a JSON report */
export function readBaseline(path: string): Json {
  let json: Json | undefined;
  try {
    json = JSON.parse(readFileSync(path, "utf8"));
  } catch {
    throw new CannotRun(`the baseline ${path} cannot be read; use a report of --reporter json`);
  }
  if (json === undefined || !isReport(json))
    throw new CannotRun(`the baseline ${path} is not a report; use one of --reporter json`);
  return json;
}

/** Writes a script for each cause into a folder. @throws CannotRun if that is not possible */
export function writeScripts(folder: string, causes: readonly Cause[]): void {
  try {
    mkdirSync(folder, { recursive: true });
    for (const [index, { severity, cause, script }] of causes.entries()) {
      const words = cause
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, "-")
        .replace(/^-+|-+$/g, "")
        .slice(0, 60);
      const name = `${String(index + 1).padStart(2, "0")}-${severity}-${words}.sh`;
      writeFileSync(join(folder, name), script, { mode: 0o755 });
    }
  } catch {
    throw new CannotRun(`the scripts cannot be written to ${folder}`);
  }
}
