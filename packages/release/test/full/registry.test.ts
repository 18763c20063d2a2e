import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { asDocument, listOperations, parsePointer } from "@dots-payouts/openapi";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseDocument } from "yaml";
import { Consumer } from "../packages/registry/consumer.ts";
import { dependencyTree } from "../packages/registry/dependency-tree.ts";
import { describePrograms } from "../packages/registry/describe-programs.ts";
import { credentials, InstalledMock } from "../packages/registry/installed-mock.ts";
import { expectHeaderReleased, names } from "../packages/registry/released-packages.ts";
import { RepositoryCopy } from "../packages/registry/repository-copy.ts";
import { Registry } from "./registry.ts";

let registry: Registry;
let copy: RepositoryCopy;
/** A project with all packages, installed with pnpm. */
let strict: Consumer;
let mock: InstalledMock;
const consumers: Consumer[] = [];

function consumer(files: Readonly<Record<string, string>> = {}): Consumer {
  const made = new Consumer(registry.settings, files);
  consumers.push(made);
  return made;
}

function publish(file: string): void {
  copy.run("npm", "publish", `./tarballs/${file}`, "--access", "public");
}

beforeAll(async () => {
  registry = await Registry.start();
  copy = new RepositoryCopy();
  writeFileSync(join(copy.folder, ".npmrc"), registry.settings);
  // Builds don't contain the version, so they may come from the cache.
  copy.run("turbo", "run", "build", ...names.map((name) => `--filter=${name}`), "--output-logs=errors-only");
  copy.raiseVersions();
  copy.release("check");
  copy.release("pack", "tarballs");
  for (const file of readdirSync(join(copy.folder, "tarballs")).filter((name) => name.endsWith(".tgz"))) {
    publish(file);
  }
  copy.run("changeset", "tag");
  // With pnpm, a package can only import its own dependencies, so each must declare all of them.
  strict = consumer();
  const added = await strict.run("pnpm", "add", "--ignore-workspace", ...names);
  expect(added).toMatchObject({ code: 0 });
  mock = await InstalledMock.start(strict);
}, 240_000);

afterAll(async () => {
  await mock?.stop();
  await registry?.stop();
  copy?.remove();
  for (const one of consumers) one.remove();
}, 120_000);

describe("the first release", () => {
  it("gives all packages one version, a tag and a changelog", async () => {
    for (const name of names) {
      expect(await registry.latest(name)).toMatchObject({ version: "0.1.0" });
    }
    expect(copy.tags()).toEqual(names.map((name) => `${name}@0.1.0`).sort());
    expect(copy.read("packages/client/CHANGELOG.md")).toContain("## 0.1.0");
  });

  it("has packages that require each other in that version", async () => {
    const { dependencies } = await registry.latest("@dots-payouts/mock");
    expect(dependencies).toMatchObject({ "@dots-payouts/spec": "^0.1.0" });
  });

  describePrograms(() => ({ project: strict, url: mock.url }));

  it("can check a server with npx, without the repository", async () => {
    // By URL, which is new each time: by name, npx would use its cache of an earlier run.
    const tarball = `${registry.url}@dots-payouts/contract/-/contract-0.1.0.tgz`;
    const command = ["--yes", tarball, mock.url, ...credentials, "--quick", "--only", "createPayoutLink"];
    const { code, output } = await consumer().run("npx", ...command);
    expect(output).toMatch(/passed|kept/i);
    expect(code).toBe(0);
  });

  describe("with all packages in one project", () => {
    let project: Consumer;

    beforeAll(async () => {
      project = consumer({ "use-packages.mjs": copy.read(".github/use-packages.mjs") });
      const installed = await project.run("npm", "install", "--ignore-scripts", ...names);
      expect(installed).toMatchObject({ code: 0 });
    }, 120_000);

    it("works, with the same test that CI runs on each system and Node", async () => {
      expect(await project.run("node", "use-packages.mjs")).toMatchObject({ code: 0 });
    });

    it("installs only freely licensed packages, and none with an install script", () => {
      const tree = dependencyTree(project.folder);
      expect(tree.length).toBeGreaterThan(names.length);
      expect(tree.filter(({ free }) => !free)).toEqual([]);
      expect(tree.filter(({ scripts }) => scripts.length > 0)).toEqual([]);
    });

    it("is listed completely, including what is bundled", async () => {
      const listed = await project.run("sh", "-c", "npm sbom --sbom-format cyclonedx > sbom.cdx.json");
      expect(listed).toMatchObject({ code: 0 });
      copy.release("bill", project.folder, project.folder);
      const bill: { components: { purl: string }[] } = JSON.parse(project.read("sbom.cdx.json"));
      const purls = bill.components.map(({ purl }) => purl.replace(/@[^@]*$/, ""));
      expect(purls).toEqual(expect.arrayContaining(["pkg:npm/ajv", "pkg:npm/%40stoplight/prism-http"]));
    });
  });
});

describe("a second release, with a breaking change", () => {
  /** Makes an operation require a header that no caller sends yet. */
  function askForHeader(): void {
    const spec = parseDocument(copy.read("spec/openapi.yaml"));
    const [operation] = listOperations(asDocument(spec.toJS()));
    const header = {
      name: "X-Reason",
      in: "header",
      required: true,
      description: "Why.",
      schema: { type: "string" },
    };
    const place = parsePointer(`${operation?.pointer}/parameters`);
    spec.setIn(place, [...(operation?.parameters ?? []).map(({ node }) => node), header]);
    writeFileSync(join(copy.folder, "spec/openapi.yaml"), spec.toString());
  }

  it("is refused until its changeset is written, and then raises all versions", async () => {
    askForHeader();
    copy.run("turbo", "run", "bundle", "--output-logs=errors-only");
    expect(() => copy.release("check")).toThrow(/requires a minor release .*, but no release is planned/);
    copy.release("changeset");
    copy.commit("Ask for a header");
    copy.raiseVersions();
    copy.release("check");
    expectHeaderReleased(copy);
  });

  it("is found in the registry if there are no tags", () => {
    copy.run("pnpm", "--dir", "spec", "pack", "--pack-destination", "../tarballs");
    publish("dots-payouts-spec-0.2.0.tgz");
    copy.run("git", "tag", "--delete", ...copy.tags());
    expect(copy.release("check")).toContain(
      "The description is that of 0.2.0 (the registry's @dots-payouts/spec@0.2.0).",
    );
  });
});
