import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { check } from "./decide/check.ts";
import { planRelease, writePlan } from "./decide/plan.ts";
import { CHANGESET, propose } from "./decide/propose.ts";
import { survey } from "./decide/survey.ts";
import { writeAddress } from "./repository/address.ts";
import { audit } from "./repository/audit.ts";
import type { Ended } from "./repository/ended.ts";
import { readGroup } from "./repository/group.ts";
import { Problem } from "./repository/problem.ts";

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
    case "plan": {
      return { code: 0, text: writePlan(await planRelease(root)) };
    }
    case "address": {
      const written = await writeAddress(root, folder);
      return { code: 0, text: `Wrote the address into ${written.join(", ")}.` };
    }
    case "types": {
      const { reportTypes } = await import("./types/report-types.ts");
      return { code: 0, text: `Wrote ${(await reportTypes(root)).join(", ")}.` };
    }
    case "audit": {
      return audit(root);
    }
    case "pack": {
      // Loaded on demand: the package linters bring a compiler that no other command needs.
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
      throw new Problem(
        "Usage: main.ts plan | check | changeset | address <url> | audit | types | pack <folder> | bill <folder> <consumer>",
      );
  }
}
