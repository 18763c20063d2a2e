import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const repository = join(import.meta.dirname, "../../../..");

/** A copy of the repository in which a test may release. Dependencies and turbo's cache are the original's. */
export class RepositoryCopy {
  readonly folder: string = mkdtempSync(join(tmpdir(), "release-repository-"));
  readonly #env: NodeJS.ProcessEnv = {
    ...process.env,
    TURBO_CACHE_DIR: join(repository, ".turbo/cache"),
    TURBO_TELEMETRY_DISABLED: "1",
    REDOCLY_TELEMETRY: "off",
    NO_COLOR: "1",
    PATH: `${join(repository, "node_modules/.bin")}:${process.env["PATH"]}`,
  };

  constructor() {
    const files = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
      cwd: repository,
      encoding: "utf8",
    });
    for (const file of files.split("\0")) this.#copy(file);
    symlinkSync(join(repository, "node_modules"), join(this.folder, "node_modules"));
    this.run("git", "init", "--quiet", "--initial-branch=main");
  }

  #copy(file: string): void {
    if (file === "" || !existsSync(join(repository, file))) return;
    mkdirSync(dirname(join(this.folder, file)), { recursive: true });
    cpSync(join(repository, file), join(this.folder, file), { verbatimSymlinks: true });
    const modules = join(dirname(file), "node_modules");
    if (!file.endsWith("/package.json") || !existsSync(join(repository, modules))) return;
    cpSync(join(repository, modules), join(this.folder, modules), {
      recursive: true,
      verbatimSymlinks: true,
    });
  }

  /** Runs a command in the copy and gives what it printed. */
  run(command: string, ...args: string[]): string {
    return execFileSync(command, args, {
      cwd: this.folder,
      env: this.#env,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      timeout: 120_000,
      maxBuffer: 64 * 2 ** 20,
    });
  }

  /** Runs one of this package's commands. */
  release(...args: string[]): string {
    return this.run(process.execPath, "packages/release/src/main.ts", ...args);
  }

  commit(message: string): void {
    this.run("git", "add", "--all");
    const identity = [
      "-c",
      "user.name=Test",
      "-c",
      "user.email=test@example.com",
      "-c",
      "commit.gpgsign=false",
    ];
    this.run("git", ...identity, "commit", "--quiet", `--message=${message}`);
  }

  read(file: string): string {
    return readFileSync(join(this.folder, file), "utf8");
  }

  /** Puts one text of a file in place of another, which has to be there. */
  edit(file: string, find: string, put: string): void {
    const text = this.read(file);
    if (!text.includes(find)) throw new Error(`${find} is not in ${file}`);
    writeFileSync(join(this.folder, file), text.replace(find, put));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
