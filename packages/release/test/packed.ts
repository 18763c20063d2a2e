import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

export const manifest = {
  name: "a",
  version: "1.0.0",
  license: "MIT",
  type: "module",
  exports: { ".": { types: "./dist/index.d.mts", default: "./dist/index.mjs" } },
  files: ["dist"],
};

/** The files of a small package that has no fault. */
export const sound = {
  "package.json": JSON.stringify(manifest),
  "dist/index.mjs": "export const a = 1;\n",
  "dist/index.d.mts": "export declare const a: number;\n",
};

/** Packs files, and returns the tarball, which is there until the test ends. */
export function pack(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "pack-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, "package", file)), { recursive: true });
    writeFileSync(join(folder, "package", file), content);
  }
  execFileSync("tar", ["-czf", "a.tgz", "package"], { cwd: folder });
  return join(folder, "a.tgz");
}
