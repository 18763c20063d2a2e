import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Ended, runCommand } from "@dots-payouts/release";
import { stringify } from "yaml";
import { NpmRegistry } from "./npm-registry.ts";
import { smallSpec, withA } from "./small-spec.ts";

export const NAME = "@a/spec";
export const released = smallSpec({ request: withA({ type: "string" }) });
export const breaking = smallSpec({ request: withA({ type: "string" }, { required: ["a"] }) });
export const worded = smallSpec({ request: withA({ type: "string", description: "A." }) });

/** A repository with a released description, in a separate folder. */
export class Repository {
  readonly folder = mkdtempSync(join(tmpdir(), "repository-"));

  readonly registry: NpmRegistry;

  private constructor(registry: NpmRegistry) {
    this.registry = registry;
    mkdirSync(join(this.folder, ".changeset"));
    mkdirSync(join(this.folder, "spec/dist"), { recursive: true });
    this.write(".changeset/config.json", JSON.stringify({ fixed: [[NAME, "@a/client"]] }));
    this.write(".npmrc", `@a:registry=${registry.url}\nfetch-retries=0\nupdate-notifier=false\n`);
    this.git("init", "--quiet", "--initial-branch=main");
    this.describe(released, "1.2.0");
  }

  static async create(): Promise<Repository> {
    return new Repository(await NpmRegistry.start());
  }

  async remove(): Promise<void> {
    rmSync(this.folder, { recursive: true });
    await this.registry.stop();
  }

  /** Writes, bundles and versions the description. */
  describe(document: ReturnType<typeof smallSpec>, version: string): void {
    this.write("spec/openapi.yaml", stringify(document));
    this.write("spec/dist/openapi.json", JSON.stringify(document));
    const manifest = { name: NAME, version };
    this.write("spec/package.json", `${JSON.stringify(manifest, null, 2)}\n`);
  }

  commit(): void {
    this.git("add", ".");
    this.git("commit", "--quiet", "--message=Change", "--allow-empty");
  }

  release(version: string): void {
    this.commit();
    this.git("tag", `${NAME}@${version}`);
  }

  write(file: string, content: string): void {
    writeFileSync(join(this.folder, file), content);
  }

  git(...args: string[]): string {
    const identity = [
      "-c",
      "user.name=Test",
      "-c",
      "user.email=test@example.com",
      "-c",
      "commit.gpgsign=false",
    ];
    return execFileSync("git", [...identity, ...args], { cwd: this.folder, stdio: "pipe", encoding: "utf8" });
  }

  run(...command: string[]): Promise<Ended> {
    return runCommand(this.folder, command);
  }
}
