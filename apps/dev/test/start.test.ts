import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { asDocument, listOperations } from "@dots-payouts/openapi";
import { Workspace } from "@dots-payouts/workspace";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { Session } from "./session.ts";
import { LIFE, TYPED } from "./shop/programs.ts";
import { shopSpec } from "./shop/spec.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** By its file: on Windows the command of this name is a script, which can't be started without a shell. */
const TSC = join(ROOT, "node_modules/typescript/bin/tsc");

/** Anything free. */
const PORTS = ["--mock-port", "0", "--docs-port", "0"];

/** What no step of the pipeline reads. */
const APART =
  /^((packages|apps)\/\w+\/(test|bench|soak|runtimes|frameworks)|bench|docs|examples)\/(?!(\w+\/)?package\.json$)/;

/** What a build makes from the spec. */
const FROM_SPEC = ["spec/dist", "packages/client/src/generated", "packages/client/dist", "apps/docs/dist"];

/** What a build makes from the sources alone. */
const FROM_SOURCES = ["packages/mock/dist", "packages/contract/dist", "apps/docs/generated"];

/** One of the checks of an order's life. */
const RESOURCES = [
  "createOrder/resources/cancelOrder",
  "createOrder/resources/changeOrder",
  "createOrder/resources/getOrder",
  "createOrder/resources/getOrder-unknown",
  "createOrder/resources/listOrders",
  "createOrder/resources/listOrders-pages-forward",
];

// One session is asked everything: each edit is built for it. `test:full` goes through more edits.
describe("pnpm start", () => {
  // A new comment, because turbo would restore an edit of an earlier run from its cache, without deleting old pages.
  const shop = `# ${randomUUID()}\n${shopSpec()}`;
  let workspace: Workspace;
  let session: Session;
  let mockUrl: string;
  let docsUrl: string;
  let original: string;
  /** What the last good edit has made. */
  let made: Map<string, string>;

  const path = (file: string): string => join(workspace.folder, file);
  const editSpec = (text: string): void => writeFileSync(path("spec/openapi.yaml"), text);

  /** The content of each file in folders of a repository. */
  function contents(folders: readonly string[], root = workspace.folder): Map<string, string> {
    return new Map(
      folders.flatMap((folder) =>
        readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry): [string, string] => {
            const file = join(entry.parentPath, entry.name);
            return [relative(root, file).replaceAll(sep, "/"), readFileSync(file, "utf8")];
          }),
      ),
    );
  }

  /** The made files that contain a text, except those made from guides and READMEs, and the search, which has both. */
  function mentions(text: string): string[] {
    return [...made]
      .filter(
        ([file, content]) =>
          !/dist\/(guides\/|packages\/|search\.json$)/.test(file) && content.includes(text),
      )
      .map(([file]) => file);
  }

  async function orders(body: unknown): Promise<number> {
    const answer = await fetch(`${mockUrl}/v1/orders`, {
      method: "POST",
      headers: { authorization: `Basic ${btoa("client-id:api-key")}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return answer.status;
  }

  beforeAll(async () => {
    workspace = new Workspace({ only: (file) => !APART.test(file) });
    original = readFileSync(path("spec/openapi.yaml"), "utf8");
    session = new Session(workspace, PORTS);
    mockUrl = (await session.printed(/Mock +(http:\S+)/))[1] ?? "";
    docsUrl = (await session.printed(/Docs +(http:\S+)/))[1] ?? "";
    await session.printed(/Stop with Ctrl-C/);
  }, 120_000);

  afterAll(async () => {
    await session.stop("SIGKILL");
    workspace.remove();
  });

  it("serves the docs at the printed URL, and prints a curl command that works", async () => {
    expect((await fetch(docsUrl)).status).toBe(200);
    const [, command = ""] = await session.printed(/^ +(curl .*)$/m);
    expect(command).toContain(`${mockUrl}/`);
    const answer = execFileSync("sh", ["-c", `${command} --silent --fail-with-body`], { encoding: "utf8" });
    expect(JSON.parse(answer)).toEqual(expect.any(Object));
  });

  describe("after an edit of the spec", () => {
    let before: readonly string[];

    beforeAll(async () => {
      const bundle = asDocument(JSON.parse(readFileSync(path("spec/dist/openapi.json"), "utf8")));
      before = listOperations(bundle).map(({ id }) => id);
      made = contents(FROM_SPEC);
      for (const id of before) expect(mentions(id), id).not.toEqual([]);
      expect(await orders({ amount: 1000 })).toBe(404);
      session.forget();
      editSpec(shop);
      await session.printed(/up to date/);
      made = contents(FROM_SPEC);
    }, 60_000);

    it("has mock and docs apply it without a restart", async () => {
      expect(session.text).toContain("The mock now uses it");
      expect(await orders({ amount: 1000 })).toBe(200);
      expect(await orders({ amount: 0 })).toBe(400);
      expect(await (await fetch(docsUrl)).text()).toContain("Shop API");
    });

    it("has typed methods in the client", () => {
      // The client's own tests call the methods of another description.
      const config = { extends: "./tsconfig.json", include: ["added.ts"] };
      writeFileSync(path("packages/client/tsconfig.added.json"), JSON.stringify(config));
      writeFileSync(path("packages/client/added.ts"), TYPED);
      const project = path("packages/client/tsconfig.added.json");
      expect(execFileSync(process.execPath, [TSC, "-p", project], { encoding: "utf8" })).toBe("");
    });

    it("has client, mock and contract suite know the complete life of a resource", () => {
      writeFileSync(path("apps/dev/src/life.ts"), LIFE);
      const printed = execFileSync(process.execPath, [path("apps/dev/src/life.ts"), mockUrl], {
        encoding: "utf8",
      });
      expect(JSON.parse(printed)).toEqual({
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
    });

    it("has a section with samples for each operation in the docs", () => {
      for (const text of ["List orders", "Read an order", "Change an order", "orders.cancel("]) {
        expect(
          mentions(text).filter((file) => file.startsWith("apps/docs/dist")),
          text,
        ).not.toEqual([]);
      }
    });

    it("has nothing left of a removed operation", () => {
      for (const id of before) expect(mentions(id), id).toEqual([]);
    });
  });

  it("reports an invalid edit with file and line, and keeps serving the last good version", async () => {
    session.forget();
    const broken = shop.replace("operationId: createOrder", "operationID: createOrder");
    editSpec(broken);
    const line = broken.split("\n").findIndex((text) => text.includes("operationID:")) + 1;
    await session.printed(new RegExp(`spec/openapi\\.yaml:${line}:`));
    await session.printed(/last good version/);
    expect(session.text).not.toContain("src/main.ts");
    expect(await orders({ amount: 1000 })).toBe(200);
  }, 60_000);

  // Windows has no signals: a process can only be killed.
  it.skipIf(process.platform === "win32")("stops both servers on Ctrl-C", async () => {
    expect(await session.stop("SIGINT")).toBe(0);
    await expect(fetch(mockUrl)).rejects.toThrow();
    await expect(fetch(docsUrl)).rejects.toThrow();
  });

  it("applies an edit that is made during the start, and stops if the process that started it is killed", async () => {
    // Both descriptions are in the cache by now, and everything has to come back from there.
    for (const folder of [...FROM_SPEC, ...FROM_SOURCES]) rmSync(path(folder), { recursive: true });
    editSpec(original);
    const launched = new Session(workspace, PORTS, ["sh", "-c", '"$@"; true', "sh"]);
    onTestFinished(async () => {
      await launched.stop("SIGKILL");
    });
    await launched.printed(/Building client/);
    editSpec(shop);
    const [, url = ""] = await launched.printed(/Docs +(http:\S+)/);
    await launched.printed(/Docs and client are up to date/);
    expect(launched.text).toMatch(/Built in \S+ s: 0 steps run, [1-9]/);
    expect(await (await fetch(url)).text()).toContain("Shop API");
    const again = contents(FROM_SPEC);
    for (const [file, content] of made) expect([file, again.get(file)]).toEqual([file, content]);
    expect(contents(FROM_SOURCES)).toEqual(contents(FROM_SOURCES, ROOT));

    const outputClosed = once(launched.process, "close");
    launched.process.kill("SIGKILL");
    await outputClosed;
    await expect(fetch(url)).rejects.toThrow();
  }, 60_000);
});

it("names a port that is taken, and how to choose another", async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const address = other.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const refused = new Session({ folder: ROOT, env: process.env }, [
    "--docs-port",
    String(port),
    "--mock-port",
    "0",
  ]);
  await refused.printed(new RegExp(`Port ${port} is taken, so the docs can't start there`));
  await refused.printed(/--docs-port \d+/);
  expect(refused.text).not.toContain("    at ");
  expect(await refused.ended()).toBe(1);
  other.close();
});

it("runs on the repository's own Node", () => {
  expect(process.version).toMatch(/^v26\./);
});
