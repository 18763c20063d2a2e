import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { asDocument, listOperations, parsePointer } from "@dots-payouts/openapi";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseDocument } from "yaml";
import { Consumer } from "../packages/registry/consumer.ts";
import { dependencyTree } from "../packages/registry/dependency-tree.ts";
import { RepositoryCopy } from "../packages/registry/repository-copy.ts";
import { Registry } from "./registry.ts";

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

let registry: Registry;
let copy: RepositoryCopy;
/** A project with all packages, installed with pnpm. */
let strict: Consumer;
let mock: { url: string; child: ChildProcess };
const consumers: Consumer[] = [];

function connect(): string {
  return `new Dots({ clientId: "id", apiKey: "key", baseUrl: ${JSON.stringify(mock.url)} })`;
}

function consumer(files: Readonly<Record<string, string>> = {}): Consumer {
  const made = new Consumer(registry.settings, files);
  consumers.push(made);
  return made;
}

/** Raises the versions, like the workflow before a release. */
function raiseVersions(): void {
  copy.run("changeset", "version");
  copy.commit("Release");
}

function publish(file: string): void {
  copy.run("npm", "publish", `./tarballs/${file}`, "--access", "public");
}

function tags(): string[] {
  return copy.run("git", "tag", "--list").trim().split("\n");
}

beforeAll(async () => {
  registry = await Registry.start();
  copy = new RepositoryCopy();
  writeFileSync(join(copy.folder, ".npmrc"), registry.settings);
  // Builds don't contain the version, so they may come from the cache.
  copy.run("turbo", "run", "build", ...names.map((name) => `--filter=${name}`), "--output-logs=errors-only");
  raiseVersions();
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
  const child = spawn("node_modules/.bin/dots-mock", ["--port", "0", ...credentials], {
    cwd: strict.folder,
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
  if (mock !== undefined) {
    const exit = once(mock.child, "exit");
    mock.child.kill();
    await exit;
  }
  await registry?.stop();
  copy?.remove();
  for (const one of consumers) one.remove();
}, 120_000);

describe("the first release", () => {
  it("gives all packages one version, a tag and a changelog", async () => {
    for (const name of names) {
      expect(await registry.latest(name)).toMatchObject({ version: "0.1.0" });
    }
    expect(tags()).toEqual(names.map((name) => `${name}@0.1.0`).sort());
    expect(copy.read("packages/client/CHANGELOG.md")).toContain("## 0.1.0");
  });

  it("has packages that require each other in that version", async () => {
    const { dependencies } = await registry.latest("@dots-payouts/mock");
    expect(dependencies).toMatchObject({ "@dots-payouts/spec": "^0.1.0" });
  });

  // Fails if a type comes from an undeclared dependency.
  describe("in TypeScript, installed by pnpm", () => {
    beforeAll(async () => {
      strict.write({
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
      expect(await strict.compile()).toEqual({ code: 0, output: "" });
    });

    it("works with ES modules", async () => {
      expect(await strict.run("node", "out/main.mjs")).toEqual({ code: 0, output: "1000 sent\n" });
    });

    it("works with CommonJS", async () => {
      expect(strict.read("out/main.cjs")).toContain("require(");
      expect(await strict.run("node", "out/main.cjs")).toEqual({ code: 0, output: "1000 sent\n" });
    });
  });

  it("works in plain JavaScript, installed by pnpm", async () => {
    strict.write({
      "main.mjs": `import { Dots } from "@dots-payouts/client";
import spec from "@dots-payouts/spec/openapi.json" with { type: "json" };
const dots = ${connect()};
console.log((${call}).amount, spec.openapi);
`,
    });
    expect(await strict.run("node", "main.mjs")).toEqual({ code: 0, output: "1000 3.1.0\n" });
  });

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
    raiseVersions();
    copy.release("check");
    for (const folder of folders) {
      expect(JSON.parse(copy.read(`${folder}/package.json`))).toMatchObject({ version: "0.2.0" });
      const [, entry] = copy.read(`${folder}/CHANGELOG.md`).split(/^## (?=\d)/m);
      expect(entry).toMatch(/^0\.2\.0/);
      expect(entry).toContain("Breaking: The header parameter X-Reason is new, and required.");
    }
  });

  it("is found in the registry if there are no tags", () => {
    copy.run("pnpm", "--dir", "spec", "pack", "--pack-destination", "../tarballs");
    publish("dots-payouts-spec-0.2.0.tgz");
    copy.run("git", "tag", "--delete", ...tags());
    expect(copy.release("check")).toContain(
      "The description is that of 0.2.0 (the registry's @dots-payouts/spec@0.2.0).",
    );
  });
});
