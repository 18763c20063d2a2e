import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";

/** A user's project, in an empty folder outside of the repository. */
export class Consumer {
  readonly folder: string = mkdtempSync(join(tmpdir(), "consumer-"));

  constructor(settings: string, files: Readonly<Record<string, string>> = {}) {
    this.write({
      ".npmrc": settings,
      "package.json": JSON.stringify({ name: "consumer", version: "1.0.0", private: true }),
      ...files,
    });
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [file, content] of Object.entries(files)) writeFileSync(join(this.folder, file), content);
  }

  read(file: string): string {
    return readFileSync(join(this.folder, file), "utf8");
  }

  /** Runs a command there; returns its exit code and output. */
  run(command: string, ...args: string[]): Promise<{ code: number; output: string }> {
    const env = {
      ...process.env,
      PATH: [dirname(process.execPath), process.env["PATH"]].join(delimiter),
      NO_COLOR: "1",
    };
    const options = { cwd: this.folder, env, timeout: 120_000, maxBuffer: 16 * 2 ** 20 };
    return new Promise((resolve) => {
      execFile(command, args, options, (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
        resolve({ code, output: `${stdout}${stderr}` });
      });
    });
  }

  /** Compiles the project's TypeScript with the strictest settings. */
  compile(): Promise<{ code: number; output: string }> {
    const manifest = createRequire(import.meta.url).resolve("typescript/package.json");
    this.write({
      "tsconfig.json": JSON.stringify({
        compilerOptions: {
          module: "nodenext",
          target: "es2023",
          strict: true,
          exactOptionalPropertyTypes: true,
          skipLibCheck: false,
          skipDefaultLibCheck: true,
          outDir: "out",
          rootDir: ".",
          types: [],
        },
        include: ["*.mts", "*.cts"],
      }),
    });
    return this.run(process.execPath, join(dirname(manifest), "bin/tsc"));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
