import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { asDocument, type Json, listOperations, setAt } from "@dots-payouts/openapi";
import { completeBill, type Ended, runCommand } from "@dots-payouts/release";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { NpmRegistry } from "../../npm-registry.ts";
import { Consumer } from "./consumer.ts";
import { dependencyTree } from "./dependency-tree.ts";
import { RepositoryCopy } from "./repository-copy.ts";

const ROOT = fileURLToPath(new URL("../../../../..", import.meta.url));
const folders = ["spec", "packages/client", "packages/mock", "packages/contract", "packages/outbox"];
const names = folders.map((folder) => `@dots-payouts/${folder.replace("packages/", "")}`);
const call = `await dots.payoutLinks.create({ amount: 1000, delivery: { method: "link" } })`;
/** A program that does not compile if the types of an entry differ from its code. */
const entries = `import { type Client, createClient, createPayoutLink } from "@dots-payouts/client/functions";
import { type Validation, validation } from "@dots-payouts/client/validation";
import { isKnownEvent, type WebhookEvent, webhookHandler } from "@dots-payouts/client/webhooks";
export const check = (api: Client) => createPayoutLink(api, { amount: 1000 }).withResponse();
export const api = (given: Validation = validation()) => createClient({ environment: "sandbox", validation: given });
export const onEvent = (event: WebhookEvent) =>
  isKnownEvent(event) && event.event === "transfer.failed" ? event.body.transfer_id : event.resource?.id;
export const POST: (request: Request) => Promise<Response> = webhookHandler({ secret: "whsec_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", onEvent });
// @ts-expect-error: the amount is a number
export const mistake = (api: Client) => createPayoutLink(api, { amount: "1000" });`;
const credentials = ["--username", "id", "--password", "key"];

let registry: NpmRegistry;
let copy: RepositoryCopy;
/** A project with all packages, installed with pnpm: a package can only import its own dependencies. */
let project: Consumer;
let mock: { url: string; child: ChildProcess };

function connect(): string {
  return `new Dots({ clientId: "id", apiKey: "key", baseUrl: ${JSON.stringify(mock.url)} })`;
}

/** Raises the versions, like the workflow before a release. */
function raiseVersions(): void {
  copy.run("changeset", "version");
  copy.commit("Release");
}

function release(...args: string[]): Promise<Ended> {
  return runCommand(copy.folder, args);
}

function tags(): string[] {
  return copy.run("git", "tag", "--list").trim().split("\n");
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
  raiseVersions();
  expect(await release("check")).toMatchObject({ code: 0 });
  const packed = await release("pack", "tarballs");
  expect(packed, packed.text).toMatchObject({ code: 0 });
  const tarballs = join(copy.folder, "tarballs");
  for (const file of readdirSync(tarballs)) await registry.publishTarball(join(tarballs, file));
  copy.run("changeset", "tag");
  project = new Consumer(`@dots-payouts:registry=${registry.url}\n`);
  const added = await project.run("pnpm", "add", "--ignore-workspace", ...names);
  expect(added, added.output).toMatchObject({ code: 0 });
  const child = spawn("node_modules/.bin/dots-mock", ["--port", "0", ...credentials], {
    cwd: project.folder,
    env: { ...process.env, PATH: `${dirname(process.execPath)}:${process.env["PATH"]}` },
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\/\/\S+/.exec(line)?.[0];
    if (url === undefined) continue;
    mock = { url, child };
    break;
  }
}, 240_000);

afterAll(async () => {
  vi.unstubAllEnvs();
  if (mock !== undefined) {
    const exit = once(mock.child, "exit");
    mock.child.kill();
    await exit;
  }
  await registry?.stop();
  copy?.remove();
  project?.remove();
}, 120_000);

describe("the first release", () => {
  it("gives all packages one version, a tag and a changelog", () => {
    for (const folder of folders) {
      expect(JSON.parse(copy.read(`${folder}/package.json`))).toMatchObject({ version: "0.1.0" });
    }
    expect(tags()).toEqual(names.map((name) => `${name}@0.1.0`).sort());
    expect(copy.read("packages/client/CHANGELOG.md")).toContain("## 0.1.0");
  });

  it("has packages that require each other in that version", () => {
    const installed = JSON.parse(project.read("node_modules/@dots-payouts/mock/package.json"));
    expect(installed).toMatchObject({ version: "0.1.0", dependencies: { "@dots-payouts/spec": "^0.1.0" } });
  });

  // Fails if a type comes from an undeclared dependency.
  describe("in TypeScript", () => {
    beforeAll(async () => {
      project.write({
        "main.mts": `import { Dots } from "@dots-payouts/client";
${entries}
const dots = ${connect()};
const link = ${call};
const amount: number = link.amount;
// @ts-expect-error: a payout needs somebody to go to
export const wrong = () => dots.payouts.send({ amount });
console.log(amount, link.status);
`,
        "main.cts": `import { Dots } from "@dots-payouts/client";
${entries}
async function main(): Promise<void> {
  const dots = ${connect()};
  const link = ${call};
  const amount: number = link.amount;
  console.log(amount, link.status);
}
void main();
`,
      });
      expect(await project.compile()).toEqual({ code: 0, output: "" });
    });

    it("works with ES modules", async () => {
      expect(await project.run("node", "out/main.mjs")).toEqual({ code: 0, output: "1000 sent\n" });
    });

    it("works with CommonJS", async () => {
      expect(project.read("out/main.cjs")).toContain("require(");
      expect(await project.run("node", "out/main.cjs")).toEqual({ code: 0, output: "1000 sent\n" });
    });
  });

  it("works in plain JavaScript", async () => {
    project.write({
      "main.mjs": `import { Dots } from "@dots-payouts/client";
import spec from "@dots-payouts/spec/openapi.json" with { type: "json" };
const dots = ${connect()};
console.log((${call}).amount, spec.openapi);
`,
    });
    expect(await project.run("node", "main.mjs")).toEqual({ code: 0, output: "1000 3.1.0\n" });
  });

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
    raiseVersions();
    expect(await release("check")).toMatchObject({ code: 0 });
    for (const folder of folders) {
      expect(JSON.parse(copy.read(`${folder}/package.json`))).toMatchObject({ version: "0.2.0" });
      const [, entry] = copy.read(`${folder}/CHANGELOG.md`).split(/^## (?=\d)/m);
      expect(entry).toMatch(/^0\.2\.0/);
      expect(entry).toContain("Breaking: The header parameter X-Reason is new, and required.");
    }
  });
});
