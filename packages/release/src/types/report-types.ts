import { readFile, writeFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { findPackage, readGroup } from "../repository/group.ts";
import { type PublicTypes, readPublicTypes } from "./public-types.ts";
import { REPORT, writeReport } from "./report.ts";

/** A report: the current file, and the expected content. */
export interface TypesReport {
  /** Its path in the repository. */
  readonly file: string;
  readonly name: string;
  readonly kept: string;
  readonly due: string;
}

/** The reports of all released packages that have types. They must be built. */
export async function readReports(root: string): Promise<TypesReport[]> {
  const reports: TypesReport[] = [];
  for (const { name, folder, types } of await readTypes(root)) {
    const file = relative(root, join(folder, REPORT)).replaceAll(sep, "/");
    const kept = await readFile(join(root, file), "utf8").catch(() => "");
    reports.push({ file, name, kept, due: writeReport(name, types) });
  }
  return reports;
}

/** What lacks a doc comment in the public types of the released packages: `name: Options.port`. */
export async function readUndocumented(root: string): Promise<string[]> {
  const found = await readTypes(root);
  return found.flatMap(({ name, types }) => types.undocumented.map((place) => `${name}: ${place}`));
}

async function readTypes(root: string): Promise<{ name: string; folder: string; types: PublicTypes }[]> {
  const found: { name: string; folder: string; types: PublicTypes }[] = [];
  for (const name of await readGroup(root)) {
    const folder = await findPackage(root, name);
    const types = await readPublicTypes(folder);
    if (types.entries.size > 0) found.push({ name, folder, types });
  }
  return found;
}

/** Writes the reports that are out of date, and returns their files. */
export async function reportTypes(root: string): Promise<string[]> {
  const reports = (await readReports(root)).filter(({ kept, due }) => kept !== due);
  for (const { file, due } of reports) await writeFile(join(root, file), due);
  return reports.map(({ file }) => file);
}
