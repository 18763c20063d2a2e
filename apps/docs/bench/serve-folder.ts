import { createServer } from "node:http";
import { gzipSync } from "node:zlib";
import { pathOf } from "@dots-payouts/openapi";
import { findFile } from "../src/server/files.ts";
import { ASSET_CACHING, PAGE_CACHING } from "../src/server/headers.ts";
import { listen } from "../src/server/listen.ts";
import { Manifest } from "../src/server/manifest.ts";

/** Serves a folder like a host for static files: compressed, and with the given headers. */
export async function serveFolder(
  root: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ url: string; close(): Promise<void> }> {
  const manifest = new Manifest(root);
  const compressed = new Map<string, Buffer>();
  const server = createServer((request, response) => {
    const path = pathOf(request.url ?? "/");
    void findFile(root, manifest, path).then((file) => {
      if (file === undefined || "redirect" in file) return response.writeHead(404).end();
      const body = compressed.get(path) ?? gzipSync(file.body);
      compressed.set(path, body);
      const caching = path.startsWith("/assets/") ? ASSET_CACHING : PAGE_CACHING;
      return response
        .writeHead(200, {
          ...headers,
          "Cache-Control": caching,
          "Content-Encoding": "gzip",
          "Content-Type": file.type,
        })
        .end(body);
    });
  });
  const port = await listen(server, 0, "127.0.0.1");
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
