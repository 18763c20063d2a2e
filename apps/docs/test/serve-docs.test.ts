import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type DocsServer, serveDocs } from "../src/index.ts";

describe("serveDocs", () => {
  let root: string;
  let docs: DocsServer;

  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), "docs-"));
    writeFileSync(join(root, "index.html"), "<html><head></head><body>one</body></html>");
    docs = await serveDocs({ port: 0, root });
  });

  afterEach(async () => {
    await docs.close();
    rmSync(root, { recursive: true, force: true });
  });

  it("shows a rebuilt page at once", async () => {
    expect(await (await fetch(docs.url)).text()).toContain("one");
    writeFileSync(join(root, "index.html"), "<html><head></head><body>two</body></html>");
    expect(await (await fetch(docs.url)).text()).toContain("two");
  });

  it("reloads an open page after a rebuild", async () => {
    const html = await (await fetch(docs.url)).text();
    expect(html).toContain('<script src="/.live-reload.js" defer>');
    expect(await (await fetch(`${docs.url}.live-reload.js`)).text()).toContain("EventSource");
    const events = await fetch(`${docs.url}.live-reload`);
    const reader = events.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toContain("connected");
    writeFileSync(join(root, "index.html"), "three");
    expect((await reader?.read())?.value).toContain("event: built");
  });

  it("serves only files of the current build, not those of older ones", async () => {
    mkdirSync(join(root, "gone"));
    writeFileSync(join(root, "gone/index.html"), "old");
    expect((await fetch(`${docs.url}gone/`)).status).toBe(200);
    writeFileSync(join(root, "files.txt"), "files.txt\nindex.html");
    for (const path of ["gone", "gone/", "gone/index.html"]) {
      expect((await fetch(docs.url + path, { redirect: "manual" })).status).toBe(404);
    }
    expect((await fetch(docs.url)).status).toBe(200);
    writeFileSync(join(root, "files.txt"), "files.txt\ngone/index.html\nindex.html");
    expect((await fetch(`${docs.url}gone`)).status).toBe(200);
  });

  it("points samples and console to the running mock", async () => {
    const page =
      "<html><head></head><p>Usually at http://127.0.0.1:4010.</p><pre>curl http://127.0.0.1:4010/x</pre>";
    mkdirSync(join(root, "assets"));
    writeFileSync(join(root, "index.html"), page);
    writeFileSync(join(root, "assets/console.12345678.json"), '{"baseUrl":"http://127.0.0.1:4010"}');
    const other = await serveDocs({ port: 0, root, mockUrl: "http://127.0.0.1:5520" });
    const shown = await (await fetch(other.url)).text();
    expect(shown).toContain("Usually at http://127.0.0.1:4010.");
    expect(shown).toContain("curl http://127.0.0.1:5520/x");
    const asset = await fetch(`${other.url}assets/console.12345678.json`);
    expect(await asset.json()).toEqual({ baseUrl: "http://127.0.0.1:5520" });
    // The next run may use another port, under the same name.
    expect(asset.headers.get("cache-control")).toBe("no-cache");
    await other.close();
  });

  it("answers 304 if the reader already has the page", async () => {
    const etag = (await fetch(docs.url)).headers.get("etag") ?? "";
    expect((await fetch(docs.url, { headers: { "If-None-Match": etag } })).status).toBe(304);
  });

  it("sends the policy with every response", async () => {
    for (const path of ["", "nothing-here"]) {
      const { headers } = await fetch(docs.url + path);
      expect(headers.get("content-security-policy")).toMatch(/^default-src 'none'; script-src 'self';/);
      expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
    }
  });

  it.each(["..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/etc/passwd", "%00", "%", "..%5c..%5cx"])(
    "answers 404 to %s",
    async (path) => {
      expect((await fetch(docs.url + path)).status).toBe(404);
    },
  );

  it("refuses methods other than GET and HEAD", async () => {
    const answer = await fetch(docs.url, { method: "POST", body: "{}" });
    expect([answer.status, answer.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
  });

  it("names a port that is taken", async () => {
    const port = Number(new URL(docs.url).port);
    await expect(serveDocs({ port, root })).rejects.toThrow(`Port ${port} is taken`);
  });

  it("says how to build if there is no built site", async () => {
    const empty = join(root, "nowhere");
    await expect(serveDocs({ port: 0, root: empty })).rejects.toThrow("Build it first: pnpm build");
  });
});
