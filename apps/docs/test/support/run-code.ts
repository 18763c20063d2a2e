import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

// Inside this package, so that the code finds the packages that it imports, but not in `node_modules`, where Node
// does not run TypeScript.
const PACKAGE = fileURLToPath(new URL("../../", import.meta.url));
const TSC = fileURLToPath(new URL("../../../../node_modules/typescript/bin/tsc", import.meta.url));

const run = promisify(execFile);

/** A folder for code from pages, to check and run it as a reader would. */
export class CodeFolder {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  static async create(): Promise<CodeFolder> {
    const folder = new CodeFolder(await mkdtemp(join(PACKAGE, ".code-")));
    // As written by `npm init -y`.
    await folder.write("package.json", '{ "type": "commonjs" }');
    return folder;
  }

  async remove(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }

  /** Writes code to a file, and returns its path. */
  async write(name: string, code: string): Promise<string> {
    const file = join(this.path, name);
    await writeFile(file, `${code}\n`);
    return file;
  }

  /** The compiler's errors for all `.ts` files in the folder, with this repository's strict settings. */
  async typeErrors(): Promise<string> {
    const config = {
      extends: fileURLToPath(new URL("../../../../tsconfig.base.json", import.meta.url)),
      compilerOptions: { noUnusedLocals: false, moduleDetection: "force" },
      include: ["*.ts", "*.mts"],
    };
    await this.write("tsconfig.json", JSON.stringify(config));
    return run(process.execPath, [TSC, "-p", this.path]).then(
      () => "",
      (error: { stdout?: string }) => error.stdout ?? String(error),
    );
  }
}

/** Runs a program and returns its output. The error of a failed program contains it too. */
export async function execute(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  cwd?: string,
): Promise<string> {
  const { stdout } = await run(command, [...args], { env: { ...process.env, ...env }, cwd, timeout: 45_000 });
  return stdout;
}
