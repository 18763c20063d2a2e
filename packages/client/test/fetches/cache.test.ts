import { createRequire } from "node:module";
import * as undici8 from "undici";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { client, LINK } from "../client.ts";
import { json, serve } from "../server.ts";

const require = createRequire(import.meta.url);
const undici7: typeof undici8 = require("undici7");

describe.each([
  ["undici 7", undici7],
  ["undici 8", undici8],
])("a cache of %s", (_, undici) => {
  it.each(["undiciFetch", "the runtime's fetch"])("does not answer in place of the API: %s", async (how) => {
    vi.resetModules();
    vi.doMock("undici", () => undici);
    const { undiciFetch } = await import("../../src/undici/index.ts");
    const before = undici.getGlobalDispatcher();
    onTestFinished(() => {
      undici.setGlobalDispatcher(before);
      vi.doUnmock("undici");
    });
    const headers = { "cache-control": "public, max-age=60, stale-if-error=60", etag: '"1"' };
    const statuses = ["created", "claimed", "canceled"];
    const { url, seen } = await serve(...statuses.map((status) => json(200, { ...LINK, status }, headers)));
    const dispatcher = new undici.Agent().compose(undici.interceptors.cache());
    if (how !== "undiciFetch") undici.setGlobalDispatcher(dispatcher);
    const dots = client(url, how === "undiciFetch" ? { fetch: undiciFetch(dispatcher) } : {});
    const read: string[] = [];
    for (const _ of statuses) read.push((await dots.payoutLinks.retrieve("1")).status);
    expect(read).toEqual(statuses);
    expect(seen[0]?.headers).toMatchObject({ "cache-control": expect.stringContaining("no-cache") });
  });
});
