import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative, sep } from "node:path";
import { isObject, type JsonObject } from "@dots-payouts/openapi";
import { Problem } from "../repository/problem.ts";
import { run } from "../repository/run.ts";

/** What a package manager downloads. */
export interface Tarball {
  readonly file: string;
  readonly name: string;
  readonly version: string;
  readonly manifest: JsonObject;
  /** The content of README.md; empty if there is none. */
  readonly readme: string;
  /** Paths below the package's root with their sizes in bytes. */
  readonly files: ReadonlyMap<string, number>;
  /** In bytes. */
  readonly packed: number;
}

/** Reads a packed package. */
export async function readTarball(file: string): Promise<Tarball> {
  const folder = await mkdtemp(join(tmpdir(), "tarball-"));
  try {
    await run("tar", ["-xzf", file, "-C", folder], { cwd: folder });
    const root = join(folder, "package");
    const manifest: unknown = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
    if (!isObject(manifest)) throw new Problem(`${file} has no manifest.`);
    const files = new Map<string, number>();
    for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
      if (entry.isDirectory()) continue;
      const path = join(entry.parentPath, entry.name);
      files.set(relative(root, path).replaceAll(sep, "/"), (await stat(path)).size);
    }
    const { size: packed } = await stat(file);
    return {
      file,
      name: String(manifest["name"]),
      version: String(manifest["version"]),
      manifest,
      readme: files.has("README.md") ? await readFile(join(root, "README.md"), "utf8") : "",
      files,
      packed,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
