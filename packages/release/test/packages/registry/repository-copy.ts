import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Workspace } from "@dots-payouts/workspace";

/** A copy of the repository in which a test can release. */
export class RepositoryCopy extends Workspace {
  /** Runs a command in the copy and returns its output. */
  run(command: string, ...args: string[]): string {
    return execFileSync(command, args, {
      cwd: this.folder,
      env: this.env,
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

  /** Raises the versions, like the workflow before a release. */
  raiseVersions(): void {
    this.run("changeset", "version");
    this.commit("Release");
  }

  tags(): string[] {
    return this.run("git", "tag", "--list").trim().split("\n");
  }

  read(file: string): string {
    return readFileSync(join(this.folder, file), "utf8");
  }
}
