import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type CodeFolder, execute } from "./run-code.ts";

/** Separates the outputs of samples. */
const NEXT = "--- next sample ---";

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

/** Runs samples of one language one after the other, in one process if possible, and returns the output of each. */
export async function runSamples(
  folder: CodeFolder,
  label: string,
  codes: readonly string[],
): Promise<string[]> {
  const output = await runAll(folder, label, codes);
  return output.split(NEXT).slice(0, -1);
}

async function runAll(folder: CodeFolder, label: string, codes: readonly string[]): Promise<string> {
  if (label === "curl") {
    return execute("sh", ["-ec", codes.map((code) => `${code}\necho '${NEXT}'`).join("\n")]);
  }
  const ending = { TypeScript: "mts", fetch: "mjs", Python: "py", Go: "go" }[label] ?? "txt";
  const files: string[] = [];
  for (const [index, code] of codes.entries()) {
    files.push(await folder.write(`${label}-${index}.${ending}`, code));
  }
  if (label === "Python") {
    const driver = `import runpy\nfor file in ${JSON.stringify(files)}:\n    runpy.run_path(file)\n    print("${NEXT}")`;
    return execute("python3", ["-c", driver]);
  }
  if (label === "Go") {
    const printed: string[] = [];
    for (const file of files) printed.push(await execute("go", ["run", file]), NEXT);
    return printed.join("");
  }
  const driver = files.map(
    (file) => `await import(${JSON.stringify(pathToFileURL(file).href)});\nconsole.log("${NEXT}");`,
  );
  await folder.write(`all-${label}.mjs`, driver.join("\n"));
  return execute(process.execPath, [join(folder.path, `all-${label}.mjs`)]);
}
