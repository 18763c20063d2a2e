import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Workspace } from "@dots-payouts/workspace";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const MORE = readFileSync(new URL("./more-operations.yaml", import.meta.url), "utf8");

/** Made from the spec, and published or served. */
const ARTEFACTS = ["spec/dist", "packages/client/src/generated", "packages/client/dist", "apps/docs/dist"];

describe("an edit of the spec alone", () => {
  let workspace: Workspace;

  beforeAll(() => {
    workspace = new Workspace();
    edit((spec) => addOperations(addFacts(spec)));
    run("turbo", "run", "build", "--output-logs=errors-only");
  }, 120_000);

  afterAll(() => workspace.remove());

  function edit(change: (spec: string) => string): void {
    const file = join(workspace.folder, "spec/openapi.yaml");
    writeFileSync(file, change(readFileSync(file, "utf8")));
  }

  function run(command: string, ...args: string[]): string {
    try {
      return execFileSync(command, args, {
        cwd: workspace.folder,
        env: workspace.env,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "pipe"],
      });
    } catch (error) {
      const { stdout, stderr } = Object(error);
      throw new Error(`${command} ${args.join(" ")} failed:\n${stdout}\n${stderr}`);
    }
  }

  /** The files that are made of the spec and contain a text; what is made of guides and READMEs is left out. */
  function mentions(text: string): string[] {
    return ARTEFACTS.flatMap((folder) =>
      readdirSync(join(workspace.folder, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !/dist[/\\](guides|packages)([/\\]|$)/.test(entry.parentPath))
        .map((entry) => join(entry.parentPath, entry.name))
        .filter((file) => readFileSync(file, "utf8").includes(text)),
    );
  }

  it("gives the client methods with types", () => {
    const program = join(workspace.folder, "packages/client/test/added.ts");
    writeFileSync(program, PROGRAM);
    run("tsc", "-p", "packages/client");
  }, 60_000);

  it("gives client, mock and contract suite the whole life of a resource", () => {
    const program = join(workspace.folder, "apps/dev/test/life.ts");
    writeFileSync(program, LIFE);
    expect(JSON.parse(run("node", program))).toEqual({
      read: true,
      listed: true,
      filtered: true,
      changed: "changed",
      reference: "A-1",
      canceled: "canceled",
      unknown: 404,
      short: 400,
      contract: { failed: [], resources: RESOURCES, refusesShort: true },
    });
  }, 60_000);

  it("gives the docs a section with samples for each operation", () => {
    for (const text of [
      "List payout links",
      "Read a payout link",
      "Change a payout link",
      "payoutLinks.cancel(",
    ]) {
      const pages = mentions(text).filter((file) => file.includes("apps/docs/dist"));
      expect(pages, text).not.toEqual([]);
    }
  });

  it("leaves nothing of an operation that is removed", { timeout: 120_000 }, () => {
    for (const name of REMOVED) expect(mentions(name)).not.toEqual([]);
    // A comment of its own keeps this run from being taken from the cache, which would not delete old pages.
    edit((spec) => `# ${randomUUID()}\n${removeRequests(spec)}`);
    run("turbo", "run", "build", "--output-logs=errors-only");
    for (const name of REMOVED) expect(mentions(name)).toEqual([]);
  });
});

const REMOVED = ["createPayoutRequest", "payoutRequests", "/v2/payout-requests", "ApprovedPayoutLink"];

const RESOURCES = [
  "createPayoutLink/resources/cancelPayoutLink",
  "createPayoutLink/resources/changePayoutLink",
  "createPayoutLink/resources/getPayoutLink",
  "createPayoutLink/resources/getPayoutLink-unknown",
  "createPayoutLink/resources/listPayoutLinks",
];

function replace(text: string, find: string, put: string): string {
  if (text.split(find).length !== 2) throw new Error(`${find} has to occur once in the spec`);
  return text.replace(find, put);
}

/** Adds to the spec a list, a read, a change and a cancel of the resources that one operation creates. */
function addOperations(spec: string): string {
  const [list = "", others = ""] = MORE.split(/^(?=\/v2)/m).map((paths) =>
    paths.replaceAll(/^(?=.)/gm, "  "),
  );
  const related = replace(
    replace(spec, "  /v2/payout-links:\n", `${list.trimEnd()}\n`),
    "  /v2/payouts/send-payout:\n",
    `${others.trimEnd()}\n\n  /v2/payouts/send-payout:\n`,
  );
  const client = "      x-client: payoutLinks.create\n";
  return replace(related, client, `${client}      x-resource: { kind: payoutLink, does: create, id: /id }\n`);
}

/** Adds a field that comes back, a value of an enumeration, and a rule. */
function addFacts(spec: string): string {
  const memo = "    Memo:\n      title: Memo\n      type: string\n";
  const withRule = replace(spec, memo, `${memo}      minLength: 2\n`);
  const steps = "enum: [compliance, id-verification,";
  const withValue = replace(withRule, steps, "enum: [face-to-face, compliance, id-verification,");
  const echo =
    "          x-echo:\n            /amount: /amount\n            /payee: /payee\n            /delivery/method:";
  const echoed = replace(
    withValue,
    echo,
    echo.replace("x-echo:\n", "x-echo:\n            /reference: /reference\n"),
  );
  return addField(addField(echoed, "PayoutTerms"), "PayoutLinkDetails");
}

function addField(spec: string, schema: string): string {
  const start = spec.indexOf(`\n    ${schema}:\n`);
  const end = /\n\s+properties:\n(\s+)/g;
  end.lastIndex = start;
  const found = end.exec(spec);
  if (start === -1 || found === null) throw new Error(`${schema} has no properties in the spec`);
  const [head = "", indent = ""] = found;
  const at = found.index + head.length - indent.length;
  const field = `${indent}reference:\n${indent}  type: string\n${indent}  description: A reference of your own.\n`;
  return spec.slice(0, at) + field + spec.slice(at);
}

/** Removes an operation, and what only it used. */
function removeRequests(spec: string): string {
  const withoutPath = spec.replace(/^ {2}\/v2\/payout-requests:\n(?: {4}.*\n|\n)*/m, "");
  return withoutPath
    .replace(/^ {2}- name: Payout requests\n.*\n/m, "\n")
    .replace(
      /^ {4}(CreatePayoutRequestRequest|PayoutRequest|ApprovedPayoutLink|User):\n(?: {5,}.*\n|\n)*/gm,
      "",
    );
}

const PROGRAM = `import { Dots, type FlowStep, type PayoutLink } from "../src/index.ts";

const dots = new Dots({ baseUrl: "http://127.0.0.1:9", clientId: "a", apiKey: "b" });
export async function program(): Promise<void> {
  const link: PayoutLink = await dots.payoutLinks.get("6d1c9a7e-0f5b-4c38-bb1d-2a9f0e7c4d51");
  const page = await dots.payoutLinks.list();
  const next: string | null = page.next;
  await dots.payoutLinks.list({ limit: 2, fields: ["id"], ...(next === null ? {} : { after: next }) });
  const changed: PayoutLink = await dots.payoutLinks.change(link.id, { metadata: { a: 1 } }, { timeout: 5 });
  await dots.payoutLinks.cancel(changed.id);
  await dots.payoutLinks.create({ amount: 1, delivery: { method: "link" }, reference: "A-1" });
  const step: FlowStep = "face-to-face";
  // @ts-expect-error an ID is needed
  await dots.payoutLinks.get();
  // @ts-expect-error a limit is a number
  await dots.payoutLinks.list({ limit: "2" });
  // @ts-expect-error only what the operation takes may be sent
  await dots.payoutLinks.change(link.id, { metadataa: step });
}
`;

const LIFE = `import { runContract } from "../../../packages/contract/dist/index.mjs";
import { Dots } from "../../../packages/client/dist/index.mjs";
import { startMock } from "../../../packages/mock/dist/index.mjs";

const mock = await startMock({ port: 0, username: "client", password: "key" });
const dots = new Dots({ baseUrl: mock.url, clientId: "client", apiKey: "key", maxRetries: 0 });
const status = (call) => call.then(() => 0, (error) => error.status);
const link = await dots.payoutLinks.create({ amount: 1000, delivery: { method: "link" }, reference: "A-1" });
const other = await dots.payoutLinks.create({ amount: 1000, delivery: { method: "link" } });
const read = await dots.payoutLinks.get(link.id);
const page = await dots.payoutLinks.list({ limit: 1 });
const rest = await dots.payoutLinks.list({ limit: 1, after: page.next });
const changed = await dots.payoutLinks.change(link.id, { metadata: "changed" });
await dots.payoutLinks.cancel(link.id);
const after = await dots.payoutLinks.get(link.id);
const canceled = await dots.payoutLinks.list({ state: "canceled" });
const report = await runContract({ url: mock.url, username: "client", password: "key", seed: 1 });
const ids = report.checks.map(({ id }) => id);
console.log(
  JSON.stringify({
    read: JSON.stringify(read) === JSON.stringify(link),
    listed: page.data[0].id === other.id && rest.data[0].id === link.id,
    filtered: canceled.data.length === 1 && canceled.data[0].id === link.id,
    changed: changed.metadata,
    reference: read.reference,
    canceled: after.status,
    unknown: await status(dots.payoutLinks.get("00000000-0000-4000-8000-000000000000")),
    short: await status(dots.payoutLinks.create({ amount: 1, delivery: { method: "link" }, memo: "a" })),
    contract: {
      failed: report.checks.filter(({ status }) => status === "failed").map(({ id, detail }) => [id, detail]),
      resources: ids.filter((id) => id.includes("/resources/")).sort(),
      refusesShort: ids.some((id) => id.startsWith("createPayoutLink/refuses/memo")),
    },
  }),
);
await mock.close();
`;
