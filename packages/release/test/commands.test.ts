import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Ended, runCommand } from "@dots-payouts/release";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { smallSpec, withA } from "./small-spec.ts";

const main = join(import.meta.dirname, "../src/main.ts");
const before = smallSpec({ request: withA({ type: "string" }) });
const breaking = smallSpec({ request: withA({ type: "string" }, { required: ["a"] }) });
const worded = smallSpec({ request: withA({ type: "string", description: "A." }) });

/** A repository with a released description, in its own folder. */
class Repository {
  readonly folder = mkdtempSync(join(tmpdir(), "repository-"));

  constructor() {
    mkdirSync(join(this.folder, ".changeset"));
    mkdirSync(join(this.folder, "spec/dist"), { recursive: true });
    this.write(".changeset/config.json", JSON.stringify({ fixed: [["@a/spec", "@a/client"]] }));
    this.git("init", "--quiet", "--initial-branch=main");
    this.describe(before, "1.2.0");
  }

  /** Writes, bundles and versions the description. */
  describe(document: ReturnType<typeof smallSpec>, version: string): void {
    this.write("spec/openapi.yaml", stringify(document));
    this.write("spec/dist/openapi.json", JSON.stringify(document));
    this.write("spec/package.json", JSON.stringify({ name: "@a/spec", version }));
  }

  commit(): void {
    this.git("add", ".");
    this.git("commit", "--quiet", "--message=Change", "--allow-empty");
  }

  release(version: string): void {
    this.commit();
    this.git("tag", `@a/spec@${version}`);
  }

  write(file: string, content: string): void {
    writeFileSync(join(this.folder, file), content);
  }

  git(...args: string[]): void {
    const identity = [
      "-c",
      "user.name=Test",
      "-c",
      "user.email=test@example.com",
      "-c",
      "commit.gpgsign=false",
    ];
    execFileSync("git", [...identity, ...args], { cwd: this.folder, stdio: "pipe" });
  }

  run(command: string): Promise<Ended> {
    return runCommand(this.folder, [command]);
  }
}

describe("release:check and changeset:spec", () => {
  let repository: Repository;
  const changeset = () => join(repository.folder, ".changeset/description.md");

  beforeEach(() => {
    repository = new Repository();
  });

  afterEach(() => rmSync(repository.folder, { recursive: true }));

  it("let a first release pass, whatever its version", async () => {
    repository.describe(before, "0.0.0");
    repository.commit();
    expect(await repository.run("check")).toMatchObject({
      code: 0,
      text: expect.stringContaining("Nothing has been released"),
    });
  });

  it("have nothing to say while the description is the released one", async () => {
    repository.release("1.2.0");
    expect(await repository.run("check")).toMatchObject({ code: 0 });
    expect(await repository.run("changeset")).toMatchObject({ code: 0 });
    expect(existsSync(changeset())).toBe(false);
  });

  it("fail on a change without a changeset, say what fixes it, and pass once that is done", async () => {
    repository.release("1.1.9");
    repository.release("1.2.0");
    repository.describe(breaking, "1.2.0");
    const failed = await repository.run("check");
    expect(failed.code).toBe(1);
    expect(failed.text).toContain("Since 1.2.0 (tag @a/spec@1.2.0) the description has 1 breaking change.");
    expect(failed.text).toContain("`a` in the request is now required.");
    expect(failed.text).toContain("npx -y pnpm@12 changeset:spec");

    expect(await repository.run("changeset")).toMatchObject({ code: 0 });
    expect(readFileSync(changeset(), "utf8")).toContain('"@a/spec": major\n"@a/client": major');
    expect(await repository.run("check")).toMatchObject({ code: 0 });
  });

  it("keep a bump that somebody has raised, and remove a changeset that no change asks for", async () => {
    repository.release("1.2.0");
    repository.describe(worded, "1.2.0");
    await repository.run("changeset");
    expect(readFileSync(changeset(), "utf8")).toContain('"@a/spec": patch');
    repository.write(
      ".changeset/description.md",
      readFileSync(changeset(), "utf8").replaceAll(": patch", ": minor"),
    );
    await repository.run("changeset");
    expect(readFileSync(changeset(), "utf8")).toContain('"@a/spec": minor');
    repository.describe(before, "1.2.0");
    await repository.run("changeset");
    expect(existsSync(changeset())).toBe(false);
  });

  it("let a person lower the bump for a reason, before and after the version is raised", async () => {
    repository.release("1.2.0");
    repository.describe(breaking, "1.2.0");
    const text = "Lowered from major to minor: the API has refused requests without it all along.";
    repository.write(".changeset/mine.md", `---\n"@a/spec": minor\n---\n\n${text}\n`);
    expect(await repository.run("check")).toMatchObject({ code: 0 });
    repository.write(".changeset/mine.md", `---\n"@a/spec": patch\n---\n\n${text}\n`);
    expect(await repository.run("check")).toMatchObject({ code: 1 });

    rmSync(join(repository.folder, ".changeset/mine.md"));
    repository.describe(breaking, "1.3.0");
    expect(await repository.run("check")).toMatchObject({ code: 1 });
    repository.write(
      "spec/CHANGELOG.md",
      `# @a/spec\n\n## 1.3.0\n\n### Minor Changes\n\n- ${text}\n\n## 1.2.0\n`,
    );
    expect(await repository.run("check")).toMatchObject({ code: 0 });
  });

  it("say what is wrong in one place, without a stack", async () => {
    rmSync(join(repository.folder, "spec/dist"), { recursive: true });
    repository.release("1.2.0");
    const { status, stdout, stderr } = spawnSync(process.execPath, [main, "check"], {
      cwd: repository.folder,
      encoding: "utf8",
    });
    expect({ status, stdout, stderr }).toEqual({
      status: 2,
      stdout: "",
      stderr: "The description is not bundled. Run: npx -y pnpm@12 build\n",
    });
  });
});
