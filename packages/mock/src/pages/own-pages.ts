import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { pathOf, queryOf } from "@dots-payouts/openapi";
import type { Core } from "../core.ts";
import { MockError } from "../mock-error.ts";
import { PUBLIC_FILES } from "../public-files.ts";
import type { Receivers } from "../webhooks/receivers.ts";
import type { Webhooks } from "../webhooks/webhooks.ts";
import { BodyReader } from "../wire/read-body.ts";
import { refuse } from "../wire/refusal.ts";
import { answerEndpoints } from "./answer-endpoints.ts";
import { clockEndpoints } from "./clock-endpoints.ts";
import { deliveryEndpoints } from "./delivery-endpoints.ts";
import { type Endpoint, type OwnRequest, objectOf } from "./endpoint.ts";
import { createEventStream } from "./event-stream.ts";
import { journalEndpoints } from "./journal-endpoints.ts";
import { receiverEndpoints } from "./receiver-endpoints.ts";
import { resourceEndpoints } from "./resource-endpoints.ts";

/** The path of the mock's own pages. */
const BASE = "/__mock";

/** Bytes of the longest body that is sent to the mock itself. */
const LONGEST_BODY = 1_048_576;

/** Answers a request. */
export type Handler = (message: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** The pages and endpoints below `/__mock/`. */
export interface OwnPages {
  /** What answers a request that is for one of them; `undefined` for any other request. */
  find(message: IncomingMessage): Handler | undefined;
  close(): void;
}

const PAGE_HEADERS = {
  "cache-control": "no-cache",
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
};

export function createOwnPages(core: Core, webhooks: Webhooks, receivers: Receivers): OwnPages {
  const events = createEventStream(core, webhooks);
  const endpoints: readonly Endpoint[] = [
    ...journalEndpoints(core, events, webhooks),
    ...answerEndpoints(core),
    ...clockEndpoints(core.clock),
    ...resourceEndpoints(core),
    ...deliveryEndpoints(core, webhooks, receivers),
    ...receiverEndpoints(receivers),
    page("/", "index.html", "text/html"),
    page("/page.css", "page.css", "text/css"),
    ...["page.js", "json-view.js", "curl.js", "life.js", "make.js"].map((file) =>
      page(`/${file}`, file, "text/javascript"),
    ),
  ];
  return {
    find(message) {
      const target = message.url ?? "";
      if (!target.startsWith(BASE)) return undefined;
      const path = pathOf(target);
      if (path === BASE) return (_, response) => void response.writeHead(308, { location: `${BASE}/` }).end();
      if (!path.startsWith(`${BASE}/`)) return undefined;
      return (...args) => answer(core, endpoints, path, ...args);
    },
    close: () => events.close(),
  };
}

async function answer(
  core: Core,
  endpoints: readonly Endpoint[],
  path: string,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  requireOwnOrigin(message);
  const found = endpoints.flatMap((endpoint) => {
    const names = namesIn(BASE + endpoint.path, path);
    return names === undefined ? [] : [{ endpoint, names }];
  });
  const match = found.find(({ endpoint }) => endpoint.method === message.method);
  if (match === undefined) {
    if (found.length === 0) throw refuse(404, "path", `There is no ${path}.`);
    const allow = found.map(({ endpoint }) => endpoint.method).join(", ");
    throw refuse(405, "method", `${message.method} is not served here.`, { allow });
  }
  const request: OwnRequest = {
    message,
    response,
    query: queryOf(message.url ?? ""),
    namespace: core.callerOf(message.headers),
    names: match.names,
    json: async (fields) => objectOf(await new BodyReader(message, LONGEST_BODY).read(), fields),
  };
  try {
    const value = await match.endpoint.answer(request);
    if (response.headersSent) return;
    if (value === undefined) response.writeHead(204).end();
    else sendJson(response, 200, value);
  } catch (error) {
    // An impossible request is the sender's mistake.
    if (error instanceof MockError) throw refuse(400, "value", error.message);
    throw error;
  }
}

/** The values of a template's variable segments in a path; `undefined` if the path does not match. */
function namesIn(template: string, path: string): Record<string, string> | undefined {
  const wanted = template.split("/");
  const given = path.split("/");
  if (wanted.length !== given.length) return undefined;
  const names: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const text = given[index] ?? "";
    if (segment.startsWith(":")) names[segment.slice(1)] = decodeURIComponent(text);
    else if (segment !== text) return undefined;
  }
  return names;
}

/**
 * Refuses (403) requests from pages of other origins: they must not read or control the mock. A person may still follow
 * a link to the page.
 */
function requireOwnOrigin({ headers, method, url }: IncomingMessage): void {
  const { origin, host } = headers;
  const site = headers["sec-fetch-site"];
  const isForeign =
    origin !== undefined ? !isOwn(origin, host) : site === "cross-site" || site === "same-site";
  if (!isForeign) return;
  const isVisit = method === "GET" && pathOf(url ?? "") === `${BASE}/`;
  if (isVisit && headers["sec-fetch-mode"] === "navigate" && headers["sec-fetch-dest"] === "document") return;
  throw refuse(403, "origin", "Only the mock's own pages may use this.");
}

function isOwn(origin: string, host: string | undefined): boolean {
  return origin.replace(/^https?:\/\//, "").toLowerCase() === host?.toLowerCase();
}

function page(path: string, file: string, type: string): Endpoint {
  const url = new URL(file, PUBLIC_FILES);
  return {
    ...{ method: "GET", path },
    answer({ response }) {
      const content = readFileSync(url);
      response.writeHead(200, { ...PAGE_HEADERS, "content-type": `${type}; charset=utf-8` }).end(content);
    },
  };
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  const headers = { "content-type": "application/json", "cache-control": "no-store" };
  response.writeHead(status, headers).end(JSON.stringify(value));
}
