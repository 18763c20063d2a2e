import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { asDocument, type Json, listOperations, setAt } from "@dots-payouts/openapi";
import { completeBill, type Ended, runCommand } from "@dots-payouts/release";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { NpmRegistry } from "../../npm-registry.ts";
import { Consumer } from "./consumer.ts";
import { dependencyTree } from "./dependency-tree.ts";
import { describePrograms } from "./describe-programs.ts";
import { credentials, InstalledMock } from "./installed-mock.ts";
import { expectHeaderReleased, folders, names } from "./released-packages.ts";
import { RepositoryCopy } from "./repository-copy.ts";

const ROOT = fileURLToPath(new URL("../../../../..", import.meta.url));
let registry: NpmRegistry;
let copy: RepositoryCopy;
/** A project with all packages, installed with pnpm: a package can only import its own dependencies. */
let project: Consumer;
let mock: InstalledMock;

function release(...args: string[]): Promise<Ended> {
  return runCommand(copy.folder, args);
}

// The registry is a small one of the test. `test:full` publishes with npm to a real one.
beforeAll(async () => {
  registry = await NpmRegistry.start();
  copy = new RepositoryCopy({
    only: (file) => !/^((packages|apps)\/\w+\/(test|bench|soak)|examples)\//.test(file),
  });
  // The dependencies are the original's, which pnpm must not install again.
  vi.stubEnv("pnpm_config_verify_deps_before_run", "false");
  writeFileSync(join(copy.folder, ".npmrc"), `@dots-payouts:registry=${registry.url}\n`);
  // Builds don't contain the version.
  for (const folder of folders)
    cpSync(join(ROOT, folder, "dist"), join(copy.folder, folder, "dist"), { recursive: true });
  copy.raiseVersions();
  expect(await release("check")).toMatchObject({ code: 0 });
  const packed = await release("pack", "tarballs");
  expect(packed, packed.text).toMatchObject({ code: 0 });
  const tarballs = join(copy.folder, "tarballs");
  for (const file of readdirSync(tarballs)) await registry.publishTarball(join(tarballs, file));
  copy.run("changeset", "tag");
  project = new Consumer(`@dots-payouts:registry=${registry.url}\n`);
  const added = await project.run("pnpm", "add", "--ignore-workspace", ...names);
  expect(added, added.output).toMatchObject({ code: 0 });
  mock = await InstalledMock.start(project);
}, 240_000);

afterAll(async () => {
  vi.unstubAllEnvs();
  await mock?.stop();
  await registry?.stop();
  copy?.remove();
  project?.remove();
}, 120_000);

describe("the first release", () => {
  it("gives all packages one version, a tag and a changelog", () => {
    for (const folder of folders) {
      expect(JSON.parse(copy.read(`${folder}/package.json`))).toMatchObject({ version: "0.1.0" });
    }
    expect(copy.tags()).toEqual(names.map((name) => `${name}@0.1.0`).sort());
    expect(copy.read("packages/client/CHANGELOG.md")).toContain("## 0.1.0");
  });

  it("has packages that require each other in that version", () => {
    const installed = JSON.parse(project.read("node_modules/@dots-payouts/mock/package.json"));
    expect(installed).toMatchObject({ version: "0.1.0", dependencies: { "@dots-payouts/spec": "^0.1.0" } });
  });

  describePrograms(() => ({ project, url: mock.url }));

  it("has Prism in the mock, which makes up an answer", async () => {
    const answer = await fetch(`${mock.url}/v2/payout-links`, {
      method: "POST",
      headers: {
        authorization: `Basic ${btoa("id:key")}`,
        "content-type": "application/json",
        prefer: "dynamic=true",
      },
      body: '{"amount":1000}',
    });
    expect(await answer.json()).toMatchObject({ id: expect.any(String) });
  });

  it("can check a server, and run payouts", async () => {
    const command = "node_modules/.bin/dots-contract";
    const { code, output } = await project.run(
      command,
      ...[mock.url, ...credentials, "--quick", "--only", "createPayoutLink/refuses"],
    );
    expect(output).toMatch(/passed|kept/i);
    expect(code).toBe(0);
    expect(await project.run("node_modules/.bin/dots-outbox", "--help")).toMatchObject({ code: 0 });
  });

  it("installs only freely licensed packages, and none with an install script", () => {
    const tree = dependencyTree(project.folder);
    expect(tree.map(({ name }) => name)).toEqual(expect.arrayContaining([...names, "ajv"]));
    expect(tree.filter(({ free }) => !free)).toEqual([]);
    expect(tree.filter(({ scripts }) => scripts.length > 0)).toEqual([]);
  });

  it("says what it bundles, for the bill of materials", async () => {
    const listed = names.map((name) => ({
      "bom-ref": `${name}@0.1.0`,
      purl: `pkg:npm/${name.replace("@", "%40")}@0.1.0`,
    }));
    const dependencies = listed.map((component) => ({ ref: component["bom-ref"], dependsOn: [] }));
    const text = JSON.stringify({ bomFormat: "CycloneDX", components: listed, dependencies });
    const bill: { components: { purl: string }[] } = JSON.parse(
      await completeBill(text, names, project.folder),
    );
    const purls = bill.components.map(({ purl }) => purl.replace(/@[^@]*$/, ""));
    expect(purls).toContain("pkg:npm/%40stoplight/prism-http");
  });
});

describe("a second release, with a breaking change", () => {
  /** Makes an operation require a header that no caller sends yet, in the bundle. */
  function askForHeader(): void {
    const file = join(copy.folder, "spec/dist/openapi.json");
    const bundle: Json = JSON.parse(readFileSync(file, "utf8"));
    const [operation] = listOperations(asDocument(bundle));
    const header = { name: "X-Reason", in: "header", required: true, schema: { type: "string" } };
    const parameters = [...(operation?.parameters ?? []).map(({ node }) => node), header];
    writeFileSync(file, JSON.stringify(setAt(bundle, `${operation?.pointer}/parameters`, parameters)));
  }

  it("is refused until its changeset is written, and then raises all versions", async () => {
    askForHeader();
    const refused = await release("check");
    expect(refused).toMatchObject({
      code: 1,
      text: expect.stringMatching(/requires a minor release .*, but no release is planned/),
    });
    expect(await release("changeset")).toMatchObject({ code: 0 });
    copy.commit("Ask for a header");
    copy.raiseVersions();
    expect(await release("check")).toMatchObject({ code: 0 });
    expectHeaderReleased(copy);
  });
});
