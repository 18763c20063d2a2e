import { type FSWatcher, watch } from "node:fs";
import type { ServerResponse } from "node:http";
import { basename } from "node:path";
import type { SiteFile } from "./files.ts";

const SCRIPT_PATH = "/.live-reload.js";
const EVENTS_PATH = "/.live-reload";

// The policy allows no inline scripts, so this is a separate file.
const SCRIPT = `new EventSource("${EVENTS_PATH}").addEventListener("built", () => location.reload());\n`;

/** How long the site has to be unchanged before it counts as built, in milliseconds. */
const QUIET = 150;

/** Tells open pages that the site was rebuilt. */
export class LiveReload {
  readonly #listeners = new Set<ServerResponse>();
  readonly #watcher: FSWatcher;
  #timer: NodeJS.Timeout | undefined;

  constructor(root: string) {
    // Builds replace `index.html` last, by renaming. A watcher of the folder sees that; one of the file would lose
    // it.
    this.#watcher = watch(root, (_event, name) => {
      if (name === null || basename(name) === "index.html") this.#built();
    });
    this.#watcher.on("error", () => this.#watcher.close());
    this.#watcher.unref();
  }

  takes(path: string): boolean {
    return path === SCRIPT_PATH || path === EVENTS_PATH;
  }

  answer(path: string, response: ServerResponse): void {
    response.setHeader("Cache-Control", "no-store");
    if (path === SCRIPT_PATH) {
      response.writeHead(200, { "Content-Type": "text/javascript; charset=utf-8" });
      response.end(SCRIPT);
      return;
    }
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    response.write(": connected\n\n");
    this.#listeners.add(response);
    response.once("close", () => this.#listeners.delete(response));
  }

  /** Adds the script to a page. Other files stay unchanged. */
  into(file: SiteFile): SiteFile {
    if (!file.type.startsWith("text/html")) return file;
    const html = file.body.toString("utf8");
    const body = html.replace("</head>", `<script src="${SCRIPT_PATH}" defer></script></head>`);
    return { ...file, body: Buffer.from(body) };
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#watcher.close();
    for (const listener of this.#listeners) listener.end();
  }

  #built(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      for (const listener of this.#listeners) listener.write("event: built\ndata: \n\n");
    }, QUIET);
  }
}
