import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { parse } from "node:path";
import { fileURLToPath } from "node:url";
import { listOperations, type OpenApiDocument } from "@dots-payouts/openapi";
import { rolldown } from "rolldown";
import { shownTogether } from "../pages/shown-together.ts";
import { consoleData } from "../try/console-data.ts";
import { readRedocBundle } from "./redoc-bundle.ts";
import { forRedoc } from "./redoc-document.ts";

/** Where each asset lies, relative to the site's root, by its plain name. */
export type Assets = ReadonlyMap<string, string>;

const FILES = [
  new URL("../browser/site.css", import.meta.url),
  new URL("../browser/console.css", import.meta.url),
  new URL("../browser/reference.css", import.meta.url),
  new URL("../browser/icon.svg", import.meta.url),
];
const SCRIPTS = [
  new URL("../browser/samples.ts", import.meta.url),
  new URL("../browser/frame.ts", import.meta.url),
  new URL("../browser/reference.ts", import.meta.url),
  new URL("../browser/try.ts", import.meta.url),
];

/** What the pages load: each file under a name that changes with its content. */
export async function buildAssets(
  document: OpenApiDocument,
): Promise<{ assets: Assets; files: Map<string, string> }> {
  const operations = listOperations(document);
  const contents = new Map<string, string>([
    ["redoc.js", await readRedocBundle({ showAll: shownTogether(operations) })],
    ["console.json", JSON.stringify(consoleData({ document, operations }))],
    ["reference.json", JSON.stringify(forRedoc(document))],
  ]);
  for (const file of FILES) contents.set(parse(fileURLToPath(file)).base, await readFile(file, "utf8"));
  const entries = SCRIPTS.map((script) => fileURLToPath(script));
  const codes = await Promise.all(entries.map(bundle));
  for (const [index, entry] of entries.entries()) contents.set(`${parse(entry).name}.js`, codes[index] ?? "");
  const assets = new Map<string, string>();
  const files = new Map<string, string>();
  for (const [name, content] of contents) {
    const { name: stem, ext } = parse(name);
    const hash = createHash("sha256").update(content).digest("hex").slice(0, 8);
    const file = `assets/${stem}.${hash}${ext}`;
    files.set(file, content);
    assets.set(name, file);
  }
  return { assets, files };
}

async function bundle(entry: string): Promise<string> {
  const build = await rolldown({
    input: entry,
    platform: "browser",
    // The form library is written for React; Preact is the same to it, and a third smaller for the reader.
    resolve: { alias: { react: "preact/compat", "react/jsx-runtime": "preact/jsx-runtime" } },
    transform: { define: { "process.env.NODE_ENV": '"production"' } },
    // Asked for by the form library's tests alone, which are left out of the bundle.
    external: ["@rjsf/validator-ajv8"],
    onLog: (level, log, handle) => {
      // `"use client"` is for servers that render components.
      if (log.code !== "MODULE_LEVEL_DIRECTIVE") handle(level, log);
    },
  });
  try {
    const { output } = await build.generate({ format: "esm", minify: true, codeSplitting: false });
    return output[0].code;
  } finally {
    await build.close();
  }
}
