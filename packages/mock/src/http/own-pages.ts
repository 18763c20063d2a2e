import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Core } from "../core.ts";
import { filterEntries } from "../journal/journal-filter.ts";
import { PUBLIC_FILES } from "../public-files.ts";
import { createEventStream } from "./event-stream.ts";

/** Where the mock speaks about itself. */
const BASE = "/__mock";

/** The pages and endpoints below `/__mock/`. */
export interface Control {
  /** Answers what is meant for it, and says whether it was. */
  handle(message: IncomingMessage, response: ServerResponse): boolean;
  close(): void;
}

type Endpoint = (message: IncomingMessage, response: ServerResponse, query: URLSearchParams) => void;

const FILES: Readonly<Record<string, readonly [string, string]>> = {
  "/": ["index.html", "text/html; charset=utf-8"],
  "/page.css": ["page.css", "text/css; charset=utf-8"],
  "/page.js": ["page.js", "text/javascript; charset=utf-8"],
  "/json-view.js": ["json-view.js", "text/javascript; charset=utf-8"],
  "/curl.js": ["curl.js", "text/javascript; charset=utf-8"],
};

const PAGE_HEADERS = {
  "cache-control": "no-cache",
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
};

export function createControl(core: Core): Control {
  const events = createEventStream(core.journal);
  const endpoints: Readonly<Record<string, Readonly<Record<string, Endpoint>>>> = {
    "/requests": {
      GET: (_message, response, query) => sendJson(response, 200, filterEntries(core.journal.entries, query)),
    },
    "/events": { GET: (message, response, query) => events.open(message, response, query) },
    "/state": {
      DELETE: (_message, response) => {
        core.reset().then(
          () => response.writeHead(204).end(),
          (error: unknown) => sendJson(response, 503, { message: `Not all is forgotten: ${String(error)}` }),
        );
      },
    },
    ...Object.fromEntries(Object.entries(FILES).map(([path, file]) => [path, { GET: page(...file) }])),
  };

  return {
    handle(message, response) {
      const target = message.url ?? "";
      if (!target.startsWith(BASE)) return false;
      const end = target.indexOf("?");
      const path = (end === -1 ? target : target.slice(0, end)).slice(BASE.length);
      if (path === "") {
        response.writeHead(308, { location: `${BASE}/` }).end();
        return true;
      }
      if (!path.startsWith("/")) return false;
      const methods = endpoints[path];
      const endpoint = methods?.[message.method ?? ""];
      if (methods === undefined) sendJson(response, 404, { message: `There is no ${BASE}${path}.` });
      else if (endpoint === undefined) {
        response.setHeader("allow", Object.keys(methods).join(", "));
        sendJson(response, 405, { message: `${message.method} is not served here.` });
      } else endpoint(message, response, new URLSearchParams(end === -1 ? "" : target.slice(end)));
      return true;
    },
    close: () => events.close(),
  };
}

function page(file: string, type: string): Endpoint {
  const path = new URL(file, PUBLIC_FILES);
  return (_message, response) => {
    response.writeHead(200, { ...PAGE_HEADERS, "content-type": type }).end(readFileSync(path));
  };
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  const headers = { "content-type": "application/json", "cache-control": "no-store" };
  response.writeHead(status, headers).end(JSON.stringify(value));
}
