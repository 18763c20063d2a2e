import { execFileSync, type StdioOptions } from "node:child_process";
import {
  constants,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, delimiter, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const repository = fileURLToPath(new URL("../../..", import.meta.url));

// A fresh machine has no git identity, and a developer's may require signatures.
const GIT_IDENTITY = {
  GIT_AUTHOR_NAME: "Test",
  GIT_AUTHOR_EMAIL: "test@example.com",
  GIT_COMMITTER_NAME: "Test",
  GIT_COMMITTER_EMAIL: "test@example.com",
  GIT_CONFIG_COUNT: "2",
  GIT_CONFIG_KEY_0: "commit.gpgsign",
  GIT_CONFIG_VALUE_0: "false",
  GIT_CONFIG_KEY_1: "tag.gpgsign",
  GIT_CONFIG_VALUE_1: "false",
};

/**
 * Where turbo has its cache: all worktrees of a repository share one. In a folder without git, such as an unpacked
 * archive, it is the folder's own.
 */
function turboCache(): string {
  const set = process.env["TURBO_CACHE_DIR"];
  if (set !== undefined) return resolve(repository, set);
  try {
    const args = ["rev-parse", "--path-format=absolute", "--git-common-dir"];
    const stdio: StdioOptions = ["ignore", "pipe", "ignore"];
    const common = execFileSync("git", args, { cwd: repository, encoding: "utf8", stdio }).trim();
    return join(dirname(common), ".turbo/cache");
  } catch {
    return join(repository, ".turbo/cache");
  }
}

/** Links a folder. On Windows everybody may create junctions, whose targets are absolute, but not symlinks. */
function link(target: string, path: string): void {
  const isWindows = process.platform === "win32";
  symlinkSync(isWindows ? resolve(dirname(path), target) : target, path, isWindows ? "junction" : "dir");
}

export interface WorkspaceOptions {
  /** Which files are copied, by path in the repository. @default all */
  readonly only?: (file: string) => boolean;
  /**
   * Whether the copy is a git repository too, with one commit on its branch `main`.
   * @default true
   */
  readonly commit?: boolean;
}

/**
 * A copy of the repository for editing. It shares its dependencies and turbo's cache with the original, so that it is
 * ready at once.
 */
export class Workspace {
  // By its real path: macOS and Windows give the folder for temporary files by a link or a short name.
  readonly folder: string = realpathSync.native(mkdtempSync(join(tmpdir(), "dots-workspace-")));
  readonly env: NodeJS.ProcessEnv = {
    ...process.env,
    ...GIT_IDENTITY,
    TURBO_CACHE_DIR: turboCache(),
    // What Node has compiled of the tools, too: they are the same files for every copy.
    NODE_COMPILE_CACHE: join(repository, ".turbo/compiled"),
    TURBO_TELEMETRY_DISABLED: "1",
    NO_COLOR: "1",
    // The dependencies are the original's: an install in the copy would remove what is linked there.
    pnpm_config_verify_deps_before_run: "false",
    PATH: `${join(repository, "node_modules/.bin")}${delimiter}${process.env["PATH"]}`,
  };

  readonly #folders = new Set<string>();

  constructor({ only = () => true, commit = true }: WorkspaceOptions = {}) {
    const files = this.#git(repository, "ls-files", "-z", "--cached", "--others", "--exclude-standard");
    // In a copy of a copy, the dependencies are behind a symlink, which git treats as a file.
    const own = files.split("\0").filter((file) => basename(file) !== "node_modules");
    for (const file of own.filter(only)) this.#copy(file);
    link(join(repository, "node_modules"), join(this.folder, "node_modules"));
    if (!commit) return;
    this.#git(this.folder, "init", "--quiet", "--initial-branch=main");
    this.commit("Copy");
  }

  #copy(file: string): void {
    if (file === "" || !existsSync(join(repository, file))) return;
    this.#makeFolder(dirname(file));
    this.#copyEntry(file, lstatSync(join(repository, file)).isSymbolicLink());
    if (!file.endsWith("/package.json")) return;
    const modules = join(dirname(file), "node_modules");
    // Folders installed outside of the workspace are not linked: they would be tens of thousands of files.
    const isApart = existsSync(join(repository, modules, ".pnpm"));
    if (!isApart && existsSync(join(repository, modules))) this.#copyFolder(modules);
  }

  #copyFolder(folder: string): void {
    this.#makeFolder(folder);
    for (const entry of readdirSync(join(repository, folder), { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (!entry.isDirectory()) this.#copyEntry(path, entry.isSymbolicLink());
      // What tools have put there can be recreated, and an unpacked browser is hundreds of megabytes.
      else if (entry.name !== ".cache") this.#copyFolder(path);
    }
  }

  /** Copies a file; a symlink is recreated with the same target. `cpSync` does both too, at several times the cost. */
  #copyEntry(path: string, isLink: boolean): void {
    const [from, to] = [join(repository, path), join(this.folder, path)];
    if (isLink) link(readlinkSync(from), to);
    else copyFileSync(from, to, constants.COPYFILE_FICLONE);
  }

  #makeFolder(folder: string): void {
    if (this.#folders.has(folder)) return;
    this.#folders.add(folder);
    mkdirSync(join(this.folder, folder), { recursive: true });
  }

  /** Commits everything in its current state. */
  commit(message: string): void {
    this.#git(this.folder, "add", "--all");
    this.#git(this.folder, "commit", "--quiet", `--message=${message}`);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #git(folder: string, ...args: string[]): string {
    return execFileSync("git", args, { cwd: folder, env: this.env, encoding: "utf8" });
  }
}
