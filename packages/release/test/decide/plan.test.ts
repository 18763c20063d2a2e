import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { NAME, Repository, released, worded } from "../repository.ts";

let repository: Repository;
beforeEach(async () => {
  repository = await Repository.create();
});
afterEach(() => repository.remove());

function head(): string {
  return repository.git("rev-parse", "HEAD").trim();
}

async function plan(): Promise<Record<string, string>> {
  const { code, text } = await repository.run("plan");
  expect(code).toBe(0);
  return Object.fromEntries(text.split("\n").map((line) => line.split("=")));
}

describe("the plan of a release", () => {
  it("raises the version if a changeset asks for it, but not for an empty one", async () => {
    repository.describe(released, "0.0.0");
    repository.write(".changeset/empty.md", "---\n---\n\nNothing for users.\n");
    repository.commit();
    expect(await plan()).toMatchObject({ raise: "false", publish: "false" });
    repository.write(".changeset/more.md", `---\n"@a/client": minor\n---\n\nMore.\n`);
    expect(await plan()).toMatchObject({ raise: "true", publish: "false" });
  });

  it("publishes the commit that raised the version until every package is on the registry", async () => {
    repository.commit();
    const raised = head();
    repository.describe(worded, "1.2.0");
    repository.write(".changeset/more.md", `---\n"@a/client": minor\n---\n\nMore.\n`);
    repository.commit();
    repository.registry.publish(NAME, "1.2.0");
    expect(head()).not.toBe(raised);
    expect(await plan()).toEqual({ raise: "true", publish: "true", version: "1.2.0", commit: raised });
    repository.registry.publish("@a/client", "1.2.0");
    expect(await plan()).toMatchObject({ raise: "true", publish: "false" });
  });

  it("can't be made while the registry can't be reached", async () => {
    repository.commit();
    await repository.registry.stop();
    const { code, text } = await repository.run("plan");
    expect(text).toContain(`The registry cannot be reached for ${NAME}@1.2.0.`);
    expect(code).toBe(2);
  });
});

describe("the address of the repository", () => {
  it("is written into each package's manifest", async () => {
    mkdirSync(join(repository.folder, "packages/client"), { recursive: true });
    repository.write("packages/client/package.json", JSON.stringify({ name: "@a/client", files: ["dist"] }));
    expect(await repository.run("address", "https://github.com/acme/toolkit")).toEqual({
      code: 0,
      text: "Wrote the address into spec, packages/client.",
    });
    expect(JSON.parse(readFileSync(join(repository.folder, "packages/client/package.json"), "utf8"))).toEqual(
      {
        name: "@a/client",
        files: ["dist"],
        homepage: "https://github.com/acme/toolkit/tree/main/packages/client#readme",
        bugs: "https://github.com/acme/toolkit/issues",
        repository: {
          type: "git",
          url: "git+https://github.com/acme/toolkit.git",
          directory: "packages/client",
        },
      },
    );
  });

  it("is refused if it is invalid", async () => {
    expect(await repository.run("address", "acme/toolkit")).toMatchObject({ code: 2 });
  });
});
