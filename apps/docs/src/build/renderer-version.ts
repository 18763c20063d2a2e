import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { listFiles } from "./list-files.ts";

const SOURCE = fileURLToPath(new URL("../", import.meta.url));
const LOCKFILE = fileURLToPath(new URL("../../../../pnpm-lock.yaml", import.meta.url));

/** Changes with the code that renders pages: the source of this package and of the packages that it depends on. */
export function rendererVersion(): string {
  const hash = createHash("sha256").update(process.version).update(readFileSync(LOCKFILE));
  for (const file of listFiles(SOURCE).sort()) {
    hash.update(`\n${file}\n`).update(readFileSync(join(SOURCE, file)));
  }
  return hash.digest("base64url");
}
