import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { asDocument } from "@dots-payouts/openapi";
import { FileCache } from "./target/file-cache.ts";
import { targets } from "./targets.ts";

const CACHE = "node_modules/.cache/dots-codegen";

const USAGE = `dots-codegen <target> --out <dir> [--spec <file>] [--cache <dir>]

Targets: ${[...targets.keys()].join(", ")}
--out    folder that the files are written to
--spec   bundled spec, as JSON (default: that of @dots-payouts/spec)
--cache  folder for what saves the next run time (default: ${CACHE})`;

/**
 * Writes the files that a target makes of the spec.
 * @param args what follows the name of the command
 * @returns the exit code
 */
export async function runCommand(args: readonly string[]): Promise<number> {
  try {
    await generate(args);
    return 0;
  } catch (error) {
    console.error(`dots-codegen: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
}

async function generate(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      out: { type: "string" },
      spec: { type: "string" },
      cache: { type: "string", default: CACHE },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) return console.log(USAGE);
  const [name = "", ...rest] = positionals;
  const target = targets.get(name);
  if (target === undefined || rest.length > 0 || values.out === undefined) {
    throw new Error(
      `${target ? "--out and nothing else is needed" : `there is no target "${name}"`}\n\n${USAGE}`,
    );
  }
  const spec = values.spec ?? fileURLToPath(import.meta.resolve("@dots-payouts/spec/openapi.json"));
  const cache = await FileCache.open(join(values.cache, `${name}.json`));
  const files = await target(asDocument(JSON.parse(await readFile(spec, "utf8"))), cache);
  for (const [file, text] of Object.entries(files)) await writeIfNew(join(values.out, file), text);
  await cache.save();
}

/** An unchanged file keeps its time, so that editors and watchers are not triggered needlessly. */
async function writeIfNew(path: string, text: string): Promise<void> {
  const before = await readFile(path, "utf8").catch(() => undefined);
  if (before === text) return;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
