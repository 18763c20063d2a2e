import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { Workspace } from "@dots-payouts/workspace";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CacheServer } from "./cache-server.ts";

const MADE = [
  "spec/dist",
  "packages/client/src/generated",
  "packages/client/dist",
  "packages/mock/dist",
  "packages/contract/dist",
  "apps/docs/dist",
];

describe("a cache that a team shares", () => {
  let server: CacheServer;
  let url: string;
  let first: Workspace;
  let second: Workspace;

  beforeAll(async () => {
    server = new CacheServer();
    url = await server.listen();
    first = new Workspace();
    second = new Workspace();
  });

  afterAll(async () => {
    await server.close();
    first.remove();
    second.remove();
  });

  /** Builds in a clone that has nothing yet, and gives how many tasks of how many came from the cache. */
  async function build({ folder, env }: Workspace, token: string): Promise<string | undefined> {
    const { stdout } = await promisify(execFile)("turbo", ["run", "build", "--output-logs=none"], {
      cwd: folder,
      env: {
        ...env,
        TURBO_CACHE_DIR: join(folder, ".turbo/own"),
        TURBO_API: url,
        TURBO_TEAM: "team_a",
        TURBO_TOKEN: token,
      },
    });
    return /Cached:\s+(\d+ cached, \d+ total)/.exec(stdout)?.[1];
  }

  function made({ folder }: Workspace): Map<string, string> {
    const files = MADE.flatMap((name) =>
      existsSync(join(folder, name))
        ? readdirSync(join(folder, name), { recursive: true, withFileTypes: true })
            .filter((entry) => entry.isFile())
            .map((entry) => join(entry.parentPath, entry.name))
        : [],
    );
    return new Map(files.map((file) => [file.slice(folder.length), readFileSync(file, "utf8")]));
  }

  it("gives a second clone everything that the first has made", { timeout: 120_000 }, async () => {
    expect(await build(first, server.token)).toMatch(/^0 cached/);
    const tasks = server.size;
    expect(tasks).toBeGreaterThan(0);
    expect(await build(second, server.token)).toBe(`${tasks} cached, ${tasks} total`);
    expect(made(second).size).toBeGreaterThan(0);
    expect(made(second)).toEqual(made(first));
  });
});
