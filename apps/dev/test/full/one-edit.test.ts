import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Workspace } from "@dots-payouts/workspace";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { removeRefunds, replaceOnce, shopSpec } from "../shop/spec.ts";
import { CacheServer } from "./cache-server.ts";

/** As a file: on Windows the command of this name is a script, which can't be started without a shell. */
const TURBO = fileURLToPath(new URL("../../../../node_modules/turbo/bin/turbo", import.meta.url));

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
    edit(workspace, shopSpec);
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

  /** Builds with the team's cache and the clone's own. Returns how many of how many tasks were cached. */
  async function build({ folder, env }: Workspace): Promise<string | undefined> {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [TURBO, "run", "build", "--output-logs=errors-only"],
      {
        cwd: folder,
        env: {
          ...env,
          TURBO_CACHE_DIR: join(folder, ".turbo/own"),
          TURBO_API: url,
          TURBO_TEAM: "team_a",
          TURBO_TOKEN: server.token,
        },
      },
    );
    return /Cached:\s+(\d+ cached, \d+ total)/.exec(stdout)?.[1];
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
      edit(second, shopSpec);
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

  describe("that changes the wording of one operation", () => {
    let written: string[];
    let built: string[];

    beforeAll(async () => {
      const path = (file: string): string => join(workspace.folder, file);
      const times = new Map(list(WRITTEN).map((file) => [file, statSync(path(file)).mtimeMs]));
      const before = contents(BUILT);
      // Words that are in no cache.
      edit(workspace, (spec) =>
        replaceOnce(spec, "description: Makes an order.", `description: Makes ${randomUUID()}.`),
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
