import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { isObject } from "@dots-payouts/openapi";
import { findPackage, readGroup } from "../repository/group.ts";
import { Problem } from "../repository/problem.ts";
import { run } from "../repository/run.ts";
import { type Budget, tarballProblems } from "./gates.ts";
import { lintTarball } from "./lint.ts";
import { readTarball, type Tarball } from "./tarball.ts";

/**
 * Packs the packages that are released together, and holds each tarball against the gates.
 * @throws Problem if one does not pass.
 */
export async function packAll(root: string, folder: string): Promise<Tarball[]> {
  const target = resolve(root, folder);
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  const budgets = await readBudgets(root);
  const tarballs: Tarball[] = [];
  const problems: string[] = [];
  for (const name of await readGroup(root)) {
    const folderOf = await findPackage(root, name);
    await run("pnpm", ["pack", "--pack-destination", target], { cwd: folderOf });
    const [file] = (await readdir(target)).filter(
      (entry) => !tarballs.some((known) => known.file.endsWith(entry)),
    );
    if (file === undefined) throw new Problem(`pnpm pack made no tarball of ${name}.`);
    const tarball = await readTarball(join(target, file));
    tarballs.push(tarball);
    const found = [...tarballProblems(tarball, budgets.get(name)), ...(await lintTarball(tarball))];
    problems.push(...found.map((problem) => `${name}: ${problem}`));
  }
  if (problems.length > 0)
    throw new Problem(["These packages can't be published:", ...problems].join("\n  "));
  return tarballs;
}

async function readBudgets(root: string): Promise<Map<string, Budget>> {
  const budgets: unknown = JSON.parse(await readFile(join(root, "packages/release/budgets.json"), "utf8"));
  return new Map(
    Object.entries(isObject(budgets) ? budgets : {}).flatMap(([name, budget]): [string, Budget][] => {
      if (!isObject(budget)) return [];
      return [[name, { packed: Number(budget["packed"]), unpacked: Number(budget["unpacked"]) }]];
    }),
  );
}
