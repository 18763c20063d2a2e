import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Workspace } from "@dots-payouts/workspace";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CacheServer } from "./cache-server.ts";

/** As files: on Windows the commands of these names are scripts, which can't be started without a shell. */
const TOOLS: ReadonlyMap<string, string> = new Map(
  Object.entries({ turbo: "turbo/bin/turbo", tsc: "typescript/bin/tsc" }).map(([name, file]) => [
    name,
    fileURLToPath(new URL(`../../../node_modules/${file}`, import.meta.url)),
  ]),
);

const SHOP = readFileSync(new URL("./shop.yaml", import.meta.url), "utf8");
const MORE = readFileSync(new URL("./more-operations.yaml", import.meta.url), "utf8");

/** What is only written if it has changed, and what a build always writes completely. */
const WRITTEN = ["packages/client/src/generated", "apps/docs/dist"];
const BUILT = ["packages/client/dist", "packages/mock/dist", "packages/contract/dist"];

/** Everything that a build writes. */
const MADE = ["spec/dist", ...WRITTEN, ...BUILT];

/** Generated from the spec, and published or served. */
const ARTIFACTS = ["spec/dist", "packages/client/src/generated", "packages/client/dist", "apps/docs/dist"];

describe("an edit of the spec", () => {
  let workspace: Workspace;
  const server = new CacheServer();
  let url: string;

  beforeAll(async () => {
    url = await server.listen();
    workspace = new Workspace();
    edit(workspace, addAll);
    // The team's first clone: nothing is cached yet.
    expect(await build(workspace)).toMatch(/^0 cached/);
  }, 120_000);

  afterAll(async () => {
    await server.close();
    workspace.remove();
  });

  function edit({ folder }: Workspace, change: (spec: string) => string): void {
    const file = join(folder, "spec/openapi.yaml");
    writeFileSync(file, change(readFileSync(file, "utf8")));
  }

  async function run(
    { folder, env }: Workspace,
    command: string,
    args: readonly string[],
    more: NodeJS.ProcessEnv = {},
  ): Promise<string> {
    const file = TOOLS.get(command);
    const [program, given] = file === undefined ? [command, args] : [process.execPath, [file, ...args]];
    const ran = await promisify(execFile)(program, given, { cwd: folder, env: { ...env, ...more } }).catch(
      (error: Error & { stdout?: string; stderr?: string }) => {
        throw new Error(`${command} ${args.join(" ")} failed:\n${error.stdout}\n${error.stderr}`);
      },
    );
    return ran.stdout;
  }

  /** Builds with the team's cache and the clone's own. Returns how many of how many tasks were cached. */
  async function build(clone: Workspace): Promise<string | undefined> {
    const printed = await run(clone, "turbo", ["run", "build", "--output-logs=errors-only"], {
      TURBO_CACHE_DIR: join(clone.folder, ".turbo/own"),
      TURBO_API: url,
      TURBO_TEAM: "team_a",
      TURBO_TOKEN: server.token,
    });
    return /Cached:\s+(\d+ cached, \d+ total)/.exec(printed)?.[1];
  }

  /** All files in folders of the copy, as paths relative to it. */
  function list(folders: readonly string[], clone: Workspace = workspace): string[] {
    return folders.flatMap((folder) =>
      readdirSync(join(clone.folder, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(clone.folder, join(entry.parentPath, entry.name)).replaceAll(sep, "/")),
    );
  }

  /** The content of each file in folders. */
  function contents(folders: readonly string[], clone: Workspace = workspace): Map<string, string> {
    return new Map(
      list(folders, clone).map((file) => [file, readFileSync(join(clone.folder, file), "utf8")]),
    );
  }

  /**
   * The files that are generated from the spec and contain a text. Those made from guides and READMEs are left out.
   */
  function mentions(text: string): string[] {
    return list(ARTIFACTS)
      .filter((file) => !/dist[/\\](guides|packages)[/\\]/.test(file))
      .filter((file) => readFileSync(join(workspace.folder, file), "utf8").includes(text));
  }

  it("is restored in a second clone from a shared cache, with everything that the first clone built", async () => {
    const second = new Workspace();
    try {
      edit(second, addAll);
      const tasks = server.size;
      expect(tasks).toBeGreaterThan(0);
      expect(await build(second)).toBe(`${tasks} cached, ${tasks} total`);
      const made = contents(MADE, second);
      expect(made.size).toBeGreaterThan(MADE.length);
      expect(made).toEqual(contents(MADE));
    } finally {
      second.remove();
    }
  }, 60_000);

  it("adds typed methods to the client", async () => {
    const folder = join(workspace.folder, "packages/client");
    // The client's own tests call the methods of another description.
    const config = { extends: "./tsconfig.json", include: ["src", "added.ts"] };
    writeFileSync(join(folder, "tsconfig.added.json"), JSON.stringify(config));
    writeFileSync(join(folder, "added.ts"), PROGRAM);
    await run(workspace, "tsc", ["-p", "packages/client/tsconfig.added.json"]);
  }, 60_000);

  it("gives client, mock and contract suite the complete life of a resource", async () => {
    const program = join(workspace.folder, "apps/dev/test/life.ts");
    writeFileSync(program, LIFE);
    expect(JSON.parse(await run(workspace, "node", [program]))).toEqual({
      read: true,
      listed: true,
      filtered: true,
      changed: "changed",
      reference: "A-1",
      canceled: "canceled",
      unknown: 404,
      short: 400,
      contract: { failed: [], resources: expect.arrayContaining(RESOURCES), refusesShort: true },
    });
  }, 60_000);

  it("adds a section with samples for each operation to the docs", () => {
    for (const text of ["List orders", "Read an order", "Change an order", "orders.cancel("]) {
      const pages = mentions(text).filter((file) => file.includes("apps/docs/dist"));
      expect(pages, text).not.toEqual([]);
    }
  });

  describe("that changes the wording of one operation", () => {
    let written: string[];
    let built: string[];

    beforeAll(async () => {
      const path = (file: string): string => join(workspace.folder, file);
      const times = new Map(list(WRITTEN).map((file) => [file, statSync(path(file)).mtimeMs]));
      const before = contents(BUILT);
      // Words that are in no cache.
      edit(workspace, (spec) =>
        replace(spec, "description: Makes an order.", `description: Makes ${randomUUID()}.`),
      );
      await build(workspace);
      written = list(WRITTEN).filter((file) => times.get(file) !== statSync(path(file)).mtimeMs);
      built = [...contents(BUILT)].flatMap(([file, text]) => (before.get(file) === text ? [] : [file]));
    }, 120_000);

    it("changes the comments that an editor shows, and no other generated source", () => {
      const sources = written.filter((file) => file.includes("generated"));
      expect(sources.map((file) => file.split("/").at(-1))).toEqual(["resources.ts", "schema.ts"]);
    });

    it("changes the pages that show the wording, and no other page", () => {
      const pages = written
        .filter((file) => file.endsWith(".html"))
        .map((file) => file.replace("apps/docs/dist/", ""));
      // The start page is always written last.
      expect(pages.sort()).toEqual([
        "index.html",
        // The page with all operations.
        "reference/all/index.html",
        "reference/create-order/index.html",
        "reference/index.html",
      ]);
    });

    it("changes the client's declarations, but no code that runs", () => {
      expect(built.map((file) => file.replace("packages/client/dist/generated/", "")).sort()).toEqual([
        "resources.d.cts",
        "resources.d.mts",
        "schema.d.cts",
        "schema.d.mts",
      ]);
    });
  });

  it("removes everything that belonged to a removed operation", { timeout: 120_000 }, async () => {
    for (const name of REMOVED) expect(mentions(name)).not.toEqual([]);
    // A new comment prevents turbo from restoring this run from the cache, which would not delete old pages.
    edit(workspace, (spec) => `# ${randomUUID()}\n${removeRefunds(spec)}`);
    await build(workspace);
    for (const name of REMOVED) expect(mentions(name)).toEqual([]);
  });
});

const REMOVED = ["createRefund", "refunds.create", "/v1/refunds"];

/** One of the checks of an order's life. */
const RESOURCES = [
  "createOrder/resources/cancelOrder",
  "createOrder/resources/changeOrder",
  "createOrder/resources/getOrder",
  "createOrder/resources/getOrder-unknown",
  "createOrder/resources/listOrders",
  "createOrder/resources/listOrders-pages-forward",
];

/** A description for these tests, instead of the real one. */
function addAll(): string {
  return addOperations(addFacts(SHOP));
}

function replace(text: string, find: string, put: string): string {
  if (text.split(find).length !== 2) throw new Error(`${find} has to occur once in the spec`);
  return text.replace(find, put);
}

/** Adds operations that list, read, change and cancel the resources that one operation creates. */
function addOperations(spec: string): string {
  const [list = "", others = ""] = MORE.split(/^(?=\/v1)/m).map((paths) =>
    paths.replaceAll(/^(?=.)/gm, "  "),
  );
  const related = replace(
    replace(spec, "  /v1/orders:\n", `${list.trimEnd()}\n`),
    "  /v1/refunds:\n",
    `${others.trimEnd()}\n\n  /v1/refunds:\n`,
  );
  const client = "      x-client: orders.create\n";
  return replace(related, client, `${client}      x-resource: { kind: order, does: create, id: /id }\n`);
}

/** Adds an echoed field, a value of an enumeration, and a rule. */
function addFacts(spec: string): string {
  const note = "    Note:\n      type: string\n";
  const withRule = replace(spec, note, `${note}      minLength: 2\n`);
  const withValue = replace(withRule, "enum: [packing,", "enum: [face-to-face, packing,");
  const echo = "          x-echo:\n";
  const echoed = replace(withValue, echo, `${echo}            /reference: /reference\n`);
  return addField(addField(echoed, "NewOrder"), "Order");
}

function addField(spec: string, schema: string): string {
  const [head = "", rest = ""] = spec.split(`\n    ${schema}:\n`);
  const field =
    "        reference:\n          type: string\n          description: A reference of your own.\n";
  const properties = "      properties:\n";
  return `${head}\n    ${schema}:\n${rest.replace(properties, properties + field)}`;
}

/** Removes an operation, and what only this operation used. */
function removeRefunds(spec: string): string {
  return spec
    .replace(/^ {2}\/v1\/refunds:\n(?: {4}.*\n|\n)*/m, "")
    .replace(/^ {2}- name: Refunds\n.*\n/m, "")
    .replace(/^ {4}Refund:\n(?: {5,}.*\n|\n)*/m, "");
}

const PROGRAM = `import { Dots, type Order, type Step } from "./src/index.ts";

const dots = new Dots({ baseUrl: "http://127.0.0.1:9", clientId: "a", apiKey: "b" });
export async function program(): Promise<void> {
  const order: Order = await dots.orders.get("6d1c9a7e-0f5b-4c38-bb1d-2a9f0e7c4d51");
  const page = await dots.orders.list();
  const next: string | null = page.next;
  await dots.orders.list({ limit: 2, fields: ["id"], ...(next === null ? {} : { after: next }) });
  const changed: Order = await dots.orders.change(order.id, { metadata: { a: 1 } }, { timeout: 5 });
  await dots.orders.cancel(changed.id);
  await dots.orders.create({ amount: 1, reference: "A-1" });
  const step: Step = "face-to-face";
  // @ts-expect-error an ID is needed
  await dots.orders.get();
  // @ts-expect-error a limit is a number
  await dots.orders.list({ limit: "2" });
  // @ts-expect-error only what the operation takes may be sent
  await dots.orders.change(order.id, { metadataa: step });
}
`;

const LIFE = `import { runContract } from "../../../packages/contract/dist/index.mjs";
import { Dots } from "../../../packages/client/dist/index.mjs";
import { startMock } from "../../../packages/mock/dist/index.mjs";

const mock = await startMock({ port: 0, username: "client", password: "key" });
const dots = new Dots({ baseUrl: mock.url, clientId: "client", apiKey: "key", maxRetries: 0 });
const status = (call) => call.then(() => 0, (error) => error.status);
const order = await dots.orders.create({ amount: 1000, reference: "A-1" });
const other = await dots.orders.create({ amount: 1000 });
const read = await dots.orders.get(order.id);
const page = await dots.orders.list({ limit: 1 });
const rest = await dots.orders.list({ limit: 1, after: page.next });
const changed = await dots.orders.change(order.id, { metadata: "changed" });
await dots.orders.cancel(order.id);
const after = await dots.orders.get(order.id);
const canceled = await dots.orders.list({ state: "canceled" });
const report = await runContract({ url: mock.url, username: "client", password: "key", seed: 1, quick: true });
const ids = report.checks.map(({ id }) => id);
console.log(
  JSON.stringify({
    read: JSON.stringify(read) === JSON.stringify(order),
    listed: page.data[0].id === other.id && rest.data[0].id === order.id,
    filtered: canceled.data.length === 1 && canceled.data[0].id === order.id,
    changed: changed.metadata,
    reference: read.reference,
    canceled: after.status,
    unknown: await status(dots.orders.get("00000000-0000-4000-8000-000000000000")),
    short: await status(dots.orders.create({ amount: 1, note: "a" })),
    contract: {
      failed: report.checks.filter(({ status }) => status === "failed").map(({ id, detail }) => [id, detail]),
      resources: ids.filter((id) => id.includes("/resources/")).sort(),
      refusesShort: ids.some((id) => id.startsWith("createOrder/refuses/note")),
    },
  }),
);
await mock.close();
`;
