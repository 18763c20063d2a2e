import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { Problem } from "../repository/problem.ts";
import { type Bump, furthest, isBump } from "./bump.ts";

/** A changeset that has not been released yet. */
export interface Pending {
  readonly file: string;
  /** The furthest of its bumps for the packages that are released together. */
  readonly bump: Bump;
  readonly text: string;
}

export async function readPending(root: string, group: readonly string[]): Promise<Pending[]> {
  const folder = join(root, ".changeset");
  const files = (await readdir(folder)).filter((file) => file.endsWith(".md") && file !== "README.md").sort();
  return Promise.all(
    files.map(async (file) => parsePending(file, await readFile(join(folder, file), "utf8"), group)),
  );
}

/**
 * Reads a changeset: its bumps between two lines of `---`, and its text.
 * @throws Problem if it is not one.
 */
export function parsePending(file: string, content: string, group: readonly string[]): Pending {
  const match = /^---\r?\n([\s\S]*?)---\r?\n?([\s\S]*)$/.exec(content);
  const bumps: unknown = match === null ? undefined : (parse(match[1] ?? "") ?? {});
  if (match === null || typeof bumps !== "object" || bumps === null) {
    throw new Problem(
      `.changeset/${file} is not a changeset: it does not begin with bumps between two lines of ---.`,
    );
  }
  const own = Object.entries(bumps).flatMap(([name, bump]): Bump[] => {
    if (!isBump(bump)) throw new Problem(`.changeset/${file}: ${bump} is not a bump.`);
    return group.includes(name) ? [bump] : [];
  });
  return { file, bump: furthest(own), text: (match[2] ?? "").trim() };
}
