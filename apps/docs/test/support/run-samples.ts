import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type CodeFolder, execute } from "./run-code.ts";

/** Separates the outputs of samples. */
const NEXT = "--- next sample ---";
/** The last line of a sample that failed. */
const FAILED = "--- failed ---";

/** What a sample did. */
export interface SampleRun {
  readonly printed: string;
  readonly isFailed: boolean;
}

/** Whether a program is installed here. */
export function isInstalled(...command: readonly [string, ...string[]]): boolean {
  try {
    const [program, ...args] = command;
    execFileSync(program, args, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Runs samples of one language one after the other, in one process if possible. */
export async function runSamples(
  folder: CodeFolder,
  label: string,
  codes: readonly string[],
): Promise<SampleRun[]> {
  const output = await runAll(folder, label, codes);
  return output
    .split(NEXT)
    .slice(0, -1)
    .map((printed) => ({ printed, isFailed: printed.includes(FAILED) }));
}

async function runAll(folder: CodeFolder, label: string, codes: readonly string[]): Promise<string> {
  const ending = { curl: "sh", TypeScript: "mts", fetch: "mjs", Python: "py", Go: "go" }[label] ?? "txt";
  const files: string[] = [];
  for (const [index, code] of codes.entries()) {
    files.push(await folder.write(`${label}-${index}.${ending}`, code));
  }
  if (label === "curl") {
    const each = files.map((file) => `sh -e '${file}' || echo '${FAILED}'\necho '${NEXT}'`);
    return execute("sh", ["-c", each.join("\n")]);
  }
  if (label === "Python") {
    const driver = [
      "import runpy",
      `for file in ${JSON.stringify(files)}:`,
      "    try:",
      "        runpy.run_path(file)",
      "    except BaseException:",
      `        print("${FAILED}")`,
      `    print("${NEXT}")`,
    ];
    return execute("python3", ["-c", driver.join("\n")]);
  }
  if (label === "Go") {
    const printed: string[] = [];
    for (const file of files) printed.push(await execute("go", ["run", file]).catch(() => FAILED), NEXT);
    return printed.join("");
  }
  const driver = files.map(
    (file) =>
      `await import(${JSON.stringify(pathToFileURL(file).href)}).catch(() => console.log("${FAILED}"));\nconsole.log("${NEXT}");`,
  );
  await folder.write(`all-${label}.mjs`, driver.join("\n"));
  return execute(process.execPath, [join(folder.path, `all-${label}.mjs`)]);
}
