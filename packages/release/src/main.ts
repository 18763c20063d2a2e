import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { check } from "./decide/check.ts";
import { CHANGESET, propose } from "./decide/propose.ts";
import { survey } from "./decide/survey.ts";
import { readGroup } from "./repository/group.ts";
import { Problem } from "./repository/problem.ts";
import { completeBill } from "./tarball/bill.ts";
import { packAll } from "./tarball/pack.ts";

/** Runs a command on the repository in `root`; the exit code. */
async function main(
  root: string,
  command?: string,
  folder = "tarballs",
  consumer = "consumer",
): Promise<number> {
  if (command === "check") {
    const { passes, text } = check(await survey(root));
    (passes ? console.log : console.error)(text);
    return passes ? 0 : 1;
  }
  if (command === "changeset") {
    const { content, text } = propose(await survey(root));
    const file = join(root, ".changeset", CHANGESET);
    if (content === undefined) await rm(file, { force: true });
    else await writeFile(file, content);
    console.log(text);
    return 0;
  }
  if (command === "pack") {
    for (const { file, packed, files } of await packAll(root, folder)) {
      console.log(`${file}: ${packed} bytes, ${files.size} files`);
    }
    return 0;
  }
  if (command === "bill") {
    const file = join(folder, "sbom.cdx.json");
    const bill = await readFile(file, "utf8");
    await writeFile(file, await completeBill(bill, await readGroup(root), consumer));
    return 0;
  }
  throw new Problem("Usage: main.ts check | changeset | pack <folder> | bill <folder> <consumer>");
}

try {
  process.exitCode = await main(process.cwd(), ...process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Error && (error instanceof Problem || error.name === "DocumentError"))) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
