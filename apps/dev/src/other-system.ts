import { existsSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";

/** As turbo calls the systems that Node calls otherwise. */
const SYSTEMS: Readonly<Record<string, string>> = { win32: "windows" };

/**
 * What to tell somebody whose dependencies were installed on another system, such as a Mac's folder in a container.
 * `undefined` if they fit. turbo would otherwise fetch its program by itself, past the lockfile.
 */
export function otherSystem(root: string): string | undefined {
  const { platform, arch } = process;
  const name = `@turbo/${SYSTEMS[platform] ?? platform}-${arch === "x64" ? "64" : arch}`;
  const turbo = join(root, "node_modules/turbo");
  // pnpm links the programs of a package beside it.
  if (!existsSync(turbo) || existsSync(join(dirname(realpathSync(turbo)), name))) return undefined;
  return `The dependencies in node_modules are not for this system (${platform} ${arch}): ${name} is missing. Delete all node_modules folders, and run: npx -y pnpm@12 install`;
}
