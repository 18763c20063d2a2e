import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

// In this package, so that the code finds the packages that it imports; not below `node_modules`, where Node takes no
// TypeScript.
const PACKAGE = fileURLToPath(new URL("../../", import.meta.url));
const TSC = fileURLToPath(new URL("../../../../node_modules/typescript/bin/tsc", import.meta.url));

const run = promisify(execFile);

/** A folder for code that is taken out of pages, to be checked and run as a reader would. */
export class CodeFolder {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  static async create(): Promise<CodeFolder> {
    const folder = new CodeFolder(await mkdtemp(join(PACKAGE, ".code-")));
    // As `npm init -y` writes it.
    await folder.write("package.json", '{ "type": "commonjs" }');
    return folder;
  }

  async remove(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }

  /** Writes code into a file, and gives its path. */
  async write(name: string, code: string): Promise<string> {
    const file = join(this.path, name);
    await writeFile(file, `${code}\n`);
    return file;
  }

  /** What the compiler has to say of all `.ts` files in the folder, under this repository's own strictness. */
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

/** Runs a program and gives what it printed. Fails with that, too, when the program does. */
export async function execute(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  cwd?: string,
): Promise<string> {
  const { stdout } = await run(command, [...args], { env: { ...process.env, ...env }, cwd, timeout: 45_000 });
  return stdout;
}
