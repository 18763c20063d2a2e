import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const SOURCE = fileURLToPath(new URL("../", import.meta.url));
const LOCKFILE = fileURLToPath(new URL("../../../../pnpm-lock.yaml", import.meta.url));

/** Changes with what makes pages of their parts: the source of this package, and the packages that it depends on. */
export function rendererVersion(): string {
  const hash = createHash("sha256").update(process.version).update(readFileSync(LOCKFILE));
  const entries = readdirSync(SOURCE, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  for (const file of files.sort()) hash.update(`\n${file}\n`).update(readFileSync(file));
  return hash.digest("base64url");
}
