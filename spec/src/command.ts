import { join, relative, sep } from "node:path";
import { formatProblems, getTotals, stringifyYaml } from "@redocly/openapi-core";
import { readDescription } from "./read-description.ts";
import { UnreadableError } from "./unreadable.ts";
import { writeIfChanged } from "./write-if-changed.ts";

const root = join(import.meta.dirname, "../..");

const USAGE = `Usage: node spec/src/main.ts lint|bundle [folder]
The folder has to hold an openapi.yaml. Without one, it is this repository's spec/.`;

/**
 * `lint` says what is wrong with the description; `bundle` does so, and writes it as one file when nothing is.
 * @param args what follows the name of the command
 * @returns the exit code
 */
export async function runCommand(args: readonly string[]): Promise<number> {
  try {
    return await lintOrBundle(args);
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    const { file, line, column, message } = error;
    process.stderr.write(`${shown(file)}:${line}:${column} ${message}\n`);
    return 1;
  }
}

/** A path as people read it, the same on every system. */
function shown(path: string): string {
  return relative(root, path).replaceAll(sep, "/");
}

async function lintOrBundle(args: readonly string[]): Promise<number> {
  const [task = "lint", folder = join(root, "spec"), ...others] = args;
  if ((task !== "lint" && task !== "bundle") || others.length > 0) {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  const { problems, bundle } = await readDescription(join(folder, "openapi.yaml"));
  formatProblems(problems, { format: "codeframe", command: "lint", cwd: root, totals: getTotals(problems) });
  if (bundle === undefined) return 1;
  if (task === "lint") {
    say(`${shown(folder)}/openapi.yaml keeps all rules.`);
    return 0;
  }
  await writeIfChanged(join(folder, "dist/openapi.json"), JSON.stringify(bundle, null, 2));
  // At this line `pnpm start` lets the mock follow, while the YAML is being made.
  say(`Bundled into ${shown(folder)}/dist/openapi.json.`);
  const yaml = stringifyYaml(bundle, { noRefs: true, lineWidth: -1 });
  await writeIfChanged(join(folder, "dist/openapi.yaml"), yaml);
  return 0;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
