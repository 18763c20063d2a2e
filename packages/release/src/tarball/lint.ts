import { readFile } from "node:fs/promises";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { isObject } from "@dots-payouts/openapi";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import type { Tarball } from "./tarball.ts";

/** What publint and Are The Types Wrong find in a tarball. */
export async function lintTarball(tarball: Tarball): Promise<string[]> {
  const data = await readFile(tarball.file);
  const bytes = new Uint8Array(data);
  const { messages } = await publint({ pack: { tarball: bytes.buffer }, strict: true });
  const style = messages.map(
    (message) => `publint: ${formatMessage(message, tarball.manifest) ?? message.code}`,
  );
  return [...style, ...(await typeProblems(bytes, commonJsEntries(tarball)))];
}

async function typeProblems(bytes: Uint8Array, commonJs: ReadonlySet<string>): Promise<string[]> {
  const analysis = await checkPackage(createPackageFromTarballData(bytes));
  if (analysis.types === false) return [];
  return analysis.problems
    .filter((problem) => {
      // Node 10's resolution does not support exports, and this package does not support Node 10.
      if ("resolutionKind" in problem && problem.resolutionKind === "node10") return false;
      // An ESM-only entry is documented; require() of one works on every maintained Node.
      return problem.kind !== "CJSResolvesToESM" || commonJs.has(problem.entrypoint);
    })
    .map((problem) => {
      const entry = "entrypoint" in problem ? ` at ${problem.entrypoint}` : "";
      const kind = "resolutionKind" in problem ? ` (${problem.resolutionKind})` : "";
      return `are the types wrong: ${problem.kind}${entry}${kind}`;
    });
}

/** The entries that also exist as CommonJS. */
function commonJsEntries({ manifest }: Tarball): Set<string> {
  const exports = isObject(manifest["exports"]) ? Object.entries(manifest["exports"]) : [];
  return new Set(
    exports.filter(([, target]) => JSON.stringify(target).includes('"require"')).map(([entry]) => entry),
  );
}
