import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const CACHE = fileURLToPath(new URL("../node_modules/.cache/bench/", import.meta.url));

/**
 * The folder of a package that is only used for comparison. npm fetches it once. It is not a dependency of this
 * repository because its tree is large.
 */
export function fetchPackage(name: string): string {
  return once(name, "package", (work) => {
    const options = { encoding: "utf8", cwd: work } as const;
    const [packed] = JSON.parse(execFileSync("npm", ["pack", name, "--json"], options));
    execFileSync("tar", ["-xf", packed.filename], { cwd: work });
  });
}

/** Installs a package and its dependencies, without running their scripts, and returns the folder. */
export function installPackage(name: string): string {
  return once(name, ".", (work) => {
    const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--silent"];
    execFileSync("npm", ["install", "--prefix", ".", ...quiet, name], { cwd: work, stdio: "inherit" });
  });
}

function once(name: string, place: string, fill: (work: string) => void): string {
  const folder = join(CACHE, name.replace(/\W+/g, "-"));
  if (!existsSync(folder)) {
    mkdirSync(CACHE, { recursive: true });
    const work = mkdtempSync(join(CACHE, ".fetching-"));
    try {
      fill(work);
      renameSync(work, folder);
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  }
  return join(folder, place);
}
