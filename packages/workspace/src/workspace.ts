import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const repository = fileURLToPath(new URL("../../..", import.meta.url));

/**
 * A copy of the repository that a test may edit. Its dependencies and turbo's cache are the original's, so that it is
 * ready at once.
 */
export class Workspace {
  readonly folder: string = mkdtempSync(join(tmpdir(), "dots-workspace-"));
  readonly env: NodeJS.ProcessEnv = {
    ...process.env,
    TURBO_CACHE_DIR: join(repository, ".turbo/cache"),
    TURBO_TELEMETRY_DISABLED: "1",
    NO_COLOR: "1",
    // The dependencies are the original's: an install in the copy would take away what is linked there.
    pnpm_config_verify_deps_before_run: "false",
    PATH: `${join(repository, "node_modules/.bin")}:${process.env["PATH"]}`,
  };

  constructor() {
    const files = this.#git(repository, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split(
      "\0",
    );
    for (const file of files) {
      if (file === "" || !existsSync(join(repository, file))) continue;
      mkdirSync(dirname(join(this.folder, file)), { recursive: true });
      cpSync(join(repository, file), join(this.folder, file), { verbatimSymlinks: true });
      const modules = join(dirname(file), "node_modules");
      if (!file.endsWith("/package.json") || !existsSync(join(repository, modules))) continue;
      cpSync(join(repository, modules), join(this.folder, modules), {
        recursive: true,
        verbatimSymlinks: true,
      });
    }
    symlinkSync(join(repository, "node_modules"), join(this.folder, "node_modules"));
    this.#git(this.folder, "init", "--quiet");
    this.#git(this.folder, "add", "--all");
    this.#git(
      this.folder,
      "-c",
      "user.name=test",
      "-c",
      "user.email=test@example.com",
      "commit",
      "-qm",
      "Copy",
    );
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #git(folder: string, ...args: string[]): string {
    return execFileSync("git", args, { cwd: folder, encoding: "utf8" });
  }
}
