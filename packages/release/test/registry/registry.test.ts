import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Consumer } from "./consumer.ts";
import { dependencyTree } from "./dependency-tree.ts";
import { Registry } from "./registry.ts";
import { RepositoryCopy } from "./repository-copy.ts";

const names = ["spec", "client", "mock", "contract"].map((name) => `@dots-payouts/${name}`);
const call = `await dots.payoutLinks.create({ amount: 1000, delivery: { method: "link" } })`;
/** A program that would not compile if an entry declared something else than it holds. */
const entries = `import { type Call, connect, createPayoutLink } from "@dots-payouts/client/functions";
import { type Validation, validation } from "@dots-payouts/client/validation";
export const check = (api: Call) => createPayoutLink(api, { amount: 1000 }).withResponse();
export const api = (given: Validation = validation()) => connect({ environment: "sandbox", validation: given });
// @ts-expect-error: the amount is a number
export const mistake = (api: Call) => createPayoutLink(api, { amount: "1000" });`;
const credentials = ["--username", "id", "--password", "key"];

let registry: Registry;
let copy: RepositoryCopy;
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

/** Releases what is pending the way the workflow does: raise versions, build, pack behind the gates, publish, tag. */
function release(): void {
  copy.run("changeset", "version");
  copy.commit("Release");
  copy.run("turbo", "run", "build", "--output-logs=errors-only");
  copy.release("check");
  copy.release("pack", "tarballs");
  for (const file of readdirSync(join(copy.folder, "tarballs")).filter((name) => name.endsWith(".tgz"))) {
    copy.run("npm", "publish", `./tarballs/${file}`, "--access", "public");
  }
  copy.run("changeset", "tag");
}

function tags(): string[] {
  return copy.run("git", "tag", "--list").trim().split("\n");
}

beforeAll(async () => {
  registry = await Registry.start();
  copy = new RepositoryCopy();
  writeFileSync(join(copy.folder, ".npmrc"), registry.settings);
  release();
  const owner = consumer();
  const child = spawn("npx", ["--yes", "@dots-payouts/mock", "--port", "0", ...credentials], {
    cwd: owner.folder,
    env: { ...process.env, PATH: `${dirname(process.execPath)}:${process.env["PATH"]}` },
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\/\/\S+/.exec(line)?.[0];
    if (url === undefined) continue;
    mock = { url, child };
    break;
  }
}, 240_000);

afterAll(async () => {
  if (mock?.child.pid !== undefined) {
    const exit = once(mock.child, "exit");
    // npx leads a group of its own, and the mock is in it.
    process.kill(-mock.child.pid, "SIGTERM");
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

  it("has packages that ask for each other in that version", async () => {
    const { dependencies } = await registry.latest("@dots-payouts/mock");
    expect(dependencies).toMatchObject({ "@dots-payouts/spec": "^0.1.0" });
  });

  it("works in TypeScript with ES modules, installed by npm", async () => {
    const project = consumer({
      "main.mts": `import { Dots } from "@dots-payouts/client";
${entries}
const dots = ${connect()};
const link = ${call};
const amount: number = link.amount;
// @ts-expect-error: a payout needs somebody to go to
export const wrong = () => dots.payouts.send({ amount });
console.log(amount, link.status);
`,
    });
    expect(await project.run("npm", "install", "@dots-payouts/client")).toMatchObject({ code: 0 });
    expect(await project.compile()).toEqual({ code: 0, output: "" });
    expect(await project.run("node", "out/main.mjs")).toEqual({ code: 0, output: "1000 sent\n" });
  });

  it("works in TypeScript with CommonJS", async () => {
    const project = consumer({
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
    expect(await project.run("npm", "install", "@dots-payouts/client")).toMatchObject({ code: 0 });
    expect(await project.compile()).toEqual({ code: 0, output: "" });
    expect(project.read("out/main.cjs")).toContain("require(");
    expect(await project.run("node", "out/main.cjs")).toEqual({ code: 0, output: "1000 sent\n" });
  });

  it("works in plain JavaScript, installed by pnpm", async () => {
    const project = consumer({
      "main.mjs": `import { Dots } from "@dots-payouts/client";
import spec from "@dots-payouts/spec/openapi.json" with { type: "json" };
const dots = ${connect()};
console.log((${call}).amount, spec.openapi);
`,
    });
    const add = ["add", "--ignore-workspace", "@dots-payouts/client", "@dots-payouts/spec"];
    expect(await project.run("pnpm", ...add)).toMatchObject({ code: 0 });
    expect(await project.run("node", "main.mjs")).toEqual({ code: 0, output: "1000 3.1.0\n" });
  });

  it("checks a server by npx, without the repository", async () => {
    const project = consumer();
    const { code, output } = await project.run(
      "npx",
      "--yes",
      "@dots-payouts/contract",
      mock.url,
      ...credentials,
    );
    expect(output).toMatch(/passed|kept/i);
    expect(code).toBe(0);
  });

  describe("with all its packages in one project", () => {
    let project: Consumer;

    beforeAll(async () => {
      project = consumer({ "use-packages.mjs": copy.read(".github/use-packages.mjs") });
      const installed = await project.run("npm", "install", "--ignore-scripts", ...names);
      expect(installed).toMatchObject({ code: 0 });
    }, 120_000);

    it("works together, as CI tries it on each system and Node", async () => {
      expect(await project.run("node", "use-packages.mjs")).toMatchObject({ code: 0 });
    });

    it("brings only freely licensed packages, and no script that runs on installation", () => {
      const tree = dependencyTree(project.folder);
      expect(tree.length).toBeGreaterThan(names.length);
      expect(tree.filter(({ free }) => !free)).toEqual([]);
      expect(tree.filter(({ scripts }) => scripts.length > 0)).toEqual([]);
    });

    it("is listed with all that it holds, what is bundled with it", async () => {
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
  const edit = (): void => copy.edit("spec/openapi.yaml", ", payout, redirect]", ", payout]");

  it("is refused until its changeset is written, and then goes the whole way", async () => {
    edit();
    copy.run("turbo", "run", "bundle", "--output-logs=errors-only");
    expect(() => copy.release("check")).toThrow(/asks for a minor release .*, but no release is planned/);
    copy.release("changeset");
    copy.commit("Take no redirect");
    release();
    for (const name of names) {
      expect(await registry.latest(name)).toMatchObject({ version: "0.2.0" });
    }
    expect(tags()).toEqual(names.flatMap((name) => [`${name}@0.1.0`, `${name}@0.2.0`]).sort());
    for (const folder of ["spec", "packages/client", "packages/mock", "packages/contract"]) {
      const [, entry] = copy.read(`${folder}/CHANGELOG.md`).split(/^## (?=\d)/m);
      expect(entry).toMatch(/^0\.2\.0/);
      expect(entry).toContain('Breaking: `additional_steps[]` in the request no longer takes `"redirect"`.');
    }
    const { dependencies } = await registry.latest("@dots-payouts/contract");
    expect(dependencies).toMatchObject({ "@dots-payouts/spec": "^0.2.0" });
  });

  it("is found in the registry where there are no tags", () => {
    copy.run("git", "tag", "--delete", ...tags());
    expect(copy.release("check")).toContain(
      "The description is that of 0.2.0 (the registry's @dots-payouts/spec@0.2.0).",
    );
  });
});
