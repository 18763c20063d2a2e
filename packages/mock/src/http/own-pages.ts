import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { pathOf, queryOf } from "@dots-payouts/openapi";
import type { Core } from "../core.ts";
import { filterEntries } from "../journal/journal-filter.ts";
import { PUBLIC_FILES } from "../public-files.ts";
import { createEventStream } from "./event-stream.ts";

/** Where the mock speaks about itself. */
const BASE = "/__mock";

/** Answers a request. */
export type Handler = (message: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** The pages and endpoints below `/__mock/`. */
export interface OwnPages {
  /** What answers a request that is for one of them; `undefined` for any other request. */
  find(message: IncomingMessage): Handler | undefined;
  close(): void;
}

interface Endpoint {
  readonly method: string;
  /** Below the base. */
  readonly path: string;
  readonly answer: (...args: [...Parameters<Handler>, query: URLSearchParams]) => void | Promise<void>;
}

const PAGE_HEADERS = {
  "cache-control": "no-cache",
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
};

export function createOwnPages(core: Core): OwnPages {
  const events = createEventStream(core.journal);
  const endpoints: readonly Endpoint[] = [
    {
      ...{ method: "GET", path: "/requests" },
      answer: (_message, response, query) =>
        sendJson(response, 200, filterEntries(core.journal.entries, query)),
    },
    {
      ...{ method: "GET", path: "/events" },
      answer: (message, response, query) => events.open(message, response, query),
    },
    {
      ...{ method: "DELETE", path: "/state" },
      answer: (_message, response) => core.reset().then(() => void response.writeHead(204).end()),
    },
    page("/", "index.html", "text/html"),
    page("/page.css", "page.css", "text/css"),
    ...["page.js", "json-view.js", "curl.js"].map((file) => page(`/${file}`, file, "text/javascript")),
  ];

  return {
    find(message) {
      const target = message.url ?? "";
      if (!target.startsWith(BASE)) return undefined;
      const path = pathOf(target);
      if (path === BASE) return (_, response) => void response.writeHead(308, { location: `${BASE}/` }).end();
      if (!path.startsWith(`${BASE}/`)) return undefined;
      const found = endpoints.filter((endpoint) => BASE + endpoint.path === path);
      const endpoint = found.find(({ method }) => method === message.method);
      if (endpoint !== undefined) return (...args) => endpoint.answer(...args, queryOf(target));
      return (_, response) => refuseMethod(response, path, message.method, found);
    },
    close: () => events.close(),
  };
}

function refuseMethod(
  response: ServerResponse,
  path: string,
  method: string | undefined,
  served: readonly Endpoint[],
): void {
  if (served.length === 0) sendJson(response, 404, { message: `There is no ${path}.` });
  else {
    response.setHeader("allow", served.map((endpoint) => endpoint.method).join(", "));
    sendJson(response, 405, { message: `${method} is not served here.` });
  }
}

function page(path: string, file: string, type: string): Endpoint {
  const url = new URL(file, PUBLIC_FILES);
  return {
    ...{ method: "GET", path },
    answer(_message, response) {
      const content = readFileSync(url);
      response.writeHead(200, { ...PAGE_HEADERS, "content-type": `${type}; charset=utf-8` }).end(content);
    },
  };
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  const headers = { "content-type": "application/json", "cache-control": "no-store" };
  response.writeHead(status, headers).end(JSON.stringify(value));
}
