import { existsSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { pathOf } from "@dots-payouts/openapi";
import { findFile, type SiteFile } from "./files.ts";
import { ASSET_CACHING, PAGE_CACHING, SECURITY_HEADERS } from "./headers.ts";
import { listen } from "./listen.ts";
import { LiveReload } from "./live-reload.ts";
import { Manifest } from "./manifest.ts";
import { withMockUrl } from "./mock-url.ts";

export interface ServeDocsOptions {
  /**
   * 0 chooses a free port.
   * @default 4000
   */
  readonly port?: number;
  /** @default "127.0.0.1" */
  readonly host?: string;
  /**
   * The folder of the built site.
   * @default where this package's build writes it
   */
  readonly root?: string;
  /**
   * Whether open pages reload after a build.
   * @default true
   */
  readonly liveReload?: boolean;
  /**
   * The mock's URL, for the samples and the console.
   * @default the URL that the site was built for
   */
  readonly mockUrl?: string;
}

export interface DocsServer {
  /** With a trailing slash. */
  readonly url: string;
  /** Stops the server and closes its connections. */
  close(): Promise<void>;
}

const DIST = fileURLToPath(new URL("../../dist/", import.meta.url));

/**
 * Serves the built site. Each request reads from disk, so a rebuild is visible at once.
 * @throws Error if there is no built site, or the port is taken.
 */
export async function serveDocs(options: ServeDocsOptions = {}): Promise<DocsServer> {
  const { port = 4000, host = "127.0.0.1", root = DIST, liveReload = true, mockUrl } = options;
  if (!existsSync(join(root, "index.html"))) {
    throw new Error(`There is no built site in ${root}. Build it first: pnpm build`);
  }
  const reload = liveReload ? new LiveReload(root) : undefined;
  const site: Site = { root, manifest: new Manifest(root), reload, mockUrl };
  const server = createServer((request, response) => {
    answer(request, response, site).catch((error: unknown) => {
      process.stderr.write(`The docs can't serve ${request.url}: ${String(error)}\n`);
      if (!response.headersSent) send(response, 500, { body: Buffer.from("The file can't be read.\n") });
      else response.destroy();
    });
  });
  try {
    const actual = await listen(server, port, host);
    const name = host.includes(":") ? `[${host}]` : host;
    return {
      url: `http://${name}:${actual}/`,
      close: async () => {
        reload?.close();
        server.closeAllConnections();
        await new Promise<void>((resolve) => server.close(() => resolve()));
      },
    };
  } catch (error) {
    reload?.close();
    throw error;
  }
}

interface Site {
  readonly root: string;
  readonly manifest: Manifest;
  readonly reload: LiveReload | undefined;
  readonly mockUrl: string | undefined;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { root, manifest, reload, mockUrl }: Site,
): Promise<void> {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
  const path = pathOf(request.url ?? "/");
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.setHeader("Allow", "GET, HEAD");
    return send(response, 405, { body: Buffer.from("Only GET and HEAD are answered here.\n") });
  }
  if (reload?.takes(path)) return reload.answer(path, response);
  const found = await findFile(root, manifest, path);
  if (found === undefined) {
    const page = await findFile(root, manifest, "/404.html");
    if (page !== undefined && "body" in page) return send(response, 404, page);
    return send(response, 404, { body: Buffer.from("There is nothing here.\n") });
  }
  if ("redirect" in found) {
    response.setHeader("Location", found.redirect);
    return send(response, 301, { body: Buffer.from("") });
  }
  const file = withMockUrl(found, mockUrl);
  // The content no longer matches the hash in its name.
  const keeps = path.startsWith("/assets/") && file === found;
  response.setHeader("Cache-Control", keeps ? ASSET_CACHING : PAGE_CACHING);
  response.setHeader("ETag", file.etag);
  if (request.headers["if-none-match"] === file.etag) return send(response, 304, { body: Buffer.from("") });
  send(response, 200, reload === undefined ? file : reload.into(file));
}

function send(response: ServerResponse, status: number, file: Partial<SiteFile> & { body: Buffer }): void {
  response.writeHead(status, {
    "Content-Type": file.type ?? "text/plain; charset=utf-8",
    "Content-Length": file.body.length,
  });
  response.end(file.body);
}
