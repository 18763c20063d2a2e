import { copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { assetName, FILES, SCRIPTS, STYLE_SHEET, STYLES } from "./browser-files.ts";
import { bundleScript } from "./bundle-script.ts";
import { readRedocBundle, redocFile } from "./redoc-bundle.ts";

/** Fills a folder with the assets that don't depend on the spec. */
export async function makeAssets(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, "redoc"), { recursive: true });
  const write = async (name: string, code: Promise<string>): Promise<void> =>
    writeFile(join(folder, name), await code);
  await Promise.all([
    write(STYLE_SHEET, readStyles()),
    ...FILES.map((file) => copyFile(file, join(folder, assetName(file)))),
    ...SCRIPTS.map((file) => write(assetName(file), bundleScript(fileURLToPath(file)))),
    ...[true, false].map((showAll) => write(redocFile({ showAll }), readRedocBundle({ showAll }))),
  ]);
}

async function readStyles(): Promise<string> {
  const names = (await readdir(STYLES)).sort();
  const parts = await Promise.all(names.map((name) => readFile(new URL(name, STYLES), "utf8")));
  return parts.join("\n");
}
