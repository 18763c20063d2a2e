import { createServer } from "node:http";
import { pathOf } from "@dots-payouts/openapi";
import { findFile } from "../src/server/files.ts";
import { listen } from "../src/server/listen.ts";
import { Manifest } from "../src/server/manifest.ts";

/** Serves a folder as it is, without the policy that a rival's page could not keep. */
export async function serveFolder(root: string): Promise<{ url: string; close(): Promise<void> }> {
  const manifest = new Manifest(root);
  const server = createServer((request, response) => {
    void findFile(root, manifest, pathOf(request.url ?? "/")).then((file) => {
      if (file === undefined || "redirect" in file) response.writeHead(404).end();
      else response.writeHead(200, { "Content-Type": file.type }).end(file.body);
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
