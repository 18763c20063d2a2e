import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { breaking, NAME, Repository, released } from "../repository.ts";

const FIRST = `# ${NAME}\n\n## 0.1.0\n\n### Minor Changes\n\n- 7897eab: The first release.\n`;
const SECOND = FIRST.replace("## 0.1.0", "## 0.2.0\n\n### Minor Changes\n\n- 8897eab: More.\n\n## 0.1.0");

let repository: Repository;
beforeEach(async () => {
  repository = await Repository.create();
});
afterEach(() => repository.remove());

/** The repository after changesets has raised the version. */
function raise(version: string, changelog: string, document = released): void {
  repository.describe(document, version);
  repository.write("spec/CHANGELOG.md", changelog);
  repository.commit();
}

describe("nothing has been released", () => {
  const nothing = { code: 0, text: expect.stringContaining("Nothing has been released") };

  it("before the first version is raised", async () => {
    repository.describe(released, "0.0.0");
    repository.commit();
    expect(await repository.run("check")).toMatchObject(nothing);
  });

  it("when the registry only has a placeholder", async () => {
    repository.registry.publish(NAME, "0.0.0");
    repository.registry.publish(NAME, "0.1.0");
    raise("0.1.0", FIRST);
    expect(await repository.run("check")).toMatchObject(nothing);
  });
});

describe("the last release", () => {
  it("is found in the registry if it could not be tagged", async () => {
    raise("0.1.0", FIRST, breaking);
    repository.release("0.1.0");
    raise("0.2.0", SECOND);
    repository.registry.publish(NAME, "0.2.0", released);
    expect(await repository.run("check")).toEqual({
      code: 0,
      text: `The description is that of 0.2.0 (the registry's ${NAME}@0.2.0).`,
    });
  });

  it("is the previous version until the raised one is published", async () => {
    repository.registry.publish(NAME, "0.1.0", released);
    raise("0.2.0", SECOND, breaking);
    const { code, text } = await repository.run("check");
    expect(text).toContain(
      `Since 0.1.0 (the registry's ${NAME}@0.1.0) the description of the API has 1 breaking change.`,
    );
    expect(code).toBe(0);
  });

  it("is read from all files of the description, whatever their extensions", async () => {
    const { paths, ...rest } = released;
    const [[path, item] = ["", {}]] = Object.entries(paths ?? {});
    repository.write("spec/things.json", JSON.stringify(item));
    const main = { ...rest, paths: { [path]: { $ref: "things.json" } } };
    writeFileSync(join(repository.folder, "spec/openapi.yaml"), stringify(main));
    repository.release("1.2.0");
    repository.write("spec/dist/openapi.json", JSON.stringify(breaking));
    const { text } = await repository.run("check");
    expect(text).toContain(
      `Since 1.2.0 (tag ${NAME}@1.2.0) the description of the API has 1 breaking change`,
    );
  });
});

describe("finding the last release fails", () => {
  it("if a release has neither a tag nor a version in the registry", async () => {
    raise("0.2.0", SECOND, breaking);
    const { code, text } = await repository.run("check");
    expect(text).toContain("spec/CHANGELOG.md says that 0.1.0 was released, but there is no git tag");
    expect(text).toContain("git fetch --tags");
    expect(code).toBe(2);
  });

  it("if nothing says which version came before", async () => {
    repository.commit();
    const { code, text } = await repository.run("check");
    expect(text).toContain("neither spec/CHANGELOG.md nor a git tag says");
    expect(code).toBe(2);
  });

  it("if the registry can't be reached", async () => {
    raise("0.2.0", SECOND);
    await repository.registry.stop();
    const { code, text } = await repository.run("check");
    expect(text).toContain("the registry cannot be reached");
    expect(code).toBe(2);
  });

  it.each(["1.3.0-beta.0", "0.0.0-20261126120000"])("for the version %s", async (version) => {
    raise(version, FIRST);
    const { code, text } = await repository.run("check");
    expect(text).toContain(`${version} is a prerelease or a snapshot`);
    expect(code).toBe(2);
  });

  it("while changesets is in its prerelease mode", async () => {
    repository.release("1.2.0");
    repository.write(".changeset/pre.json", JSON.stringify({ mode: "pre", tag: "beta" }));
    const { code, text } = await repository.run("check");
    expect(text).toContain("changeset pre exit");
    expect(code).toBe(2);
    rmSync(join(repository.folder, ".changeset/pre.json"));
    expect(await repository.run("check")).toMatchObject({ code: 0 });
  });
});
