import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { check } from "./decide/check.ts";
import { CHANGESET, propose } from "./decide/propose.ts";
import { survey } from "./decide/survey.ts";
import { readGroup } from "./repository/group.ts";
import { Problem } from "./repository/problem.ts";

/** How a command ended. */
export interface Ended {
  /** 0: done, 1: the release does not go far enough, 2: something has to be fixed first. */
  readonly code: 0 | 1 | 2;
  readonly text: string;
}

/** Runs a command on the repository in `root`. */
export async function runCommand(root: string, args: readonly string[]): Promise<Ended> {
  try {
    return await run(root, args);
  } catch (error) {
    if (!(error instanceof Error && (error instanceof Problem || error.name === "DocumentError")))
      throw error;
    return { code: 2, text: error.message };
  }
}

async function run(
  root: string,
  [command, folder = "tarballs", consumer = "consumer"]: readonly string[],
): Promise<Ended> {
  switch (command) {
    case "check": {
      const { passes, text } = check(await survey(root));
      return { code: passes ? 0 : 1, text };
    }
    case "changeset": {
      const { content, text } = propose(await survey(root));
      const file = join(root, ".changeset", CHANGESET);
      if (content === undefined) await rm(file, { force: true });
      else await writeFile(file, content);
      return { code: 0, text };
    }
    case "pack": {
      // The linters of packages bring a compiler, which no other command needs.
      const { packAll } = await import("./tarball/pack.ts");
      const lines = (await packAll(root, folder)).map(
        ({ file, packed, files }) => `${file}: ${packed} bytes, ${files.size} files`,
      );
      return { code: 0, text: lines.join("\n") };
    }
    case "bill": {
      const { completeBill } = await import("./tarball/bill.ts");
      const file = join(folder, "sbom.cdx.json");
      await writeFile(
        file,
        await completeBill(await readFile(file, "utf8"), await readGroup(root), consumer),
      );
      return { code: 0, text: `${file} is complete.` };
    }
    default:
      throw new Problem("Usage: main.ts check | changeset | pack <folder> | bill <folder> <consumer>");
  }
}
