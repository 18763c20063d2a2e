import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { breaking, Repository, released, worded } from "../repository.ts";

describe("release:check and changeset:spec", () => {
  let repository: Repository;
  const changeset = () => join(repository.folder, ".changeset/description.md");

  beforeEach(async () => {
    repository = await Repository.create();
  });

  afterEach(() => repository.remove());

  it("require nothing while the description is the released one", async () => {
    repository.release("1.2.0");
    expect(await repository.run("check")).toMatchObject({ code: 0 });
    expect(await repository.run("changeset")).toMatchObject({ code: 0 });
    expect(existsSync(changeset())).toBe(false);
  });

  it("fail on a change without a changeset, say how to fix it, and pass afterwards", async () => {
    repository.release("1.1.9");
    repository.release("1.2.0");
    repository.describe(breaking, "1.2.0");
    const failed = await repository.run("check");
    expect(failed.code).toBe(1);
    expect(failed.text).toContain(
      "Since 1.2.0 (tag @a/spec@1.2.0) the description of the API has 1 breaking change.",
    );
    expect(failed.text).toContain("`a` in the request is now required.");
    expect(failed.text).toContain("npx -y pnpm@12 changeset:spec");

    expect(await repository.run("changeset")).toMatchObject({ code: 0 });
    expect(readFileSync(changeset(), "utf8")).toContain('"@a/spec": major\n"@a/client": major');
    expect(await repository.run("check")).toMatchObject({ code: 0 });
  });

  it("keep a bump that somebody has raised, and remove an unneeded changeset", async () => {
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
    repository.describe(released, "1.2.0");
    await repository.run("changeset");
    expect(existsSync(changeset())).toBe(false);
  });

  it("accept a lower bump with a reason, before and after the version is raised", async () => {
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
      `# @a/spec\n\n## 1.3.0\n\n### Minor Changes\n\n- 7897eab: ${text}\n\n## 1.2.0\n`,
    );
    expect(await repository.run("check")).toMatchObject({ code: 0 });
  });

  it("say what is wrong in one line", async () => {
    rmSync(join(repository.folder, "spec/dist"), { recursive: true });
    repository.release("1.2.0");
    expect(await repository.run("check")).toEqual({
      code: 2,
      text: "The description is not bundled. Run: npx -y pnpm@12 build",
    });
  });
});
