import type { IncomingMessage, ServerResponse } from "node:http";
import type { Json } from "@dots-payouts/openapi";
import type { Behavior, Outcome, Reply } from "../reference/server.ts";
import { type Faults, makes, overlooks } from "./fault.ts";

const failed: Reply = { status: 500, headers: {}, body: { message: "Something went wrong." } };
const raw = (
  when: (text: string, headers: IncomingMessage["headers"]) => boolean,
  outcome: Outcome = failed,
): Behavior => ({
  reply: (reply, { raw: bytes, request }) =>
    when(bytes.toString("latin1"), request.headers) ? outcome : reply,
});
const missing = (status: number, change: (reply: Reply) => Outcome): Behavior => ({
  missing: (reply) => (reply.status === status ? change(reply) : reply),
});
const trace =
  "TypeError: Cannot read properties of undefined\n    at handle (/srv/app/payouts.js:41:17)\n    at next (/srv/app/router.js:8:3)";

/** Servers that crash, or reveal internals. */
export const survivesFaults = (): Faults => ({
  "answers 200 to an unknown path": missing(404, (reply) => ({ ...reply, status: 200 })),
  "fails on an unknown path": missing(404, () => failed),
  "hangs on an unknown path": missing(404, () => "hang"),
  "answers 200 to a wrong method": missing(405, (reply) => ({ ...reply, status: 200 })),
  "fails on a wrong method": missing(405, () => failed),
  "does not list its methods": missing(405, (reply) => ({ ...reply, headers: {} })),
  "lists methods that it does not have": missing(405, (reply) => ({ ...reply, headers: { allow: "GET" } })),
  "fails on deep nesting": raw((text) => text.startsWith("[[[[[")),
  "fails on nesting in a property": raw((text) => text.includes(":[[[[[")),
  "hangs on deep nesting": raw((text) => text.startsWith("[[[[["), "hang"),
  "fails on a huge number": raw((text) => text.includes("1e400")),
  "stores a huge number as null": takesHuge(() => null),
  "stores its largest number instead of a huge one": takesHuge(() => Number.MAX_VALUE),
  "fails on 400 digits": raw((text) => text.includes("1".repeat(400))),
  "fails on NUL": raw((text) => text.includes("\\u0000")),
  "fails on half a surrogate pair": raw((text) => text.includes("\\ud800")),
  "fails on a long text": raw((text) => text.length > 400_000),
  "cuts the connection on a long text": raw((text) => text.length > 400_000, "cut"),
  "fails on __proto__": raw((text) => text.includes("__proto__")),
  "fails on hasOwnProperty": raw((text) => text.includes("hasOwnProperty")),
  "fails on an empty name": raw((text) => text.includes('"":')),
  "fails on a byte order mark": raw((text) => text.startsWith("ï»¿")),
  "fails on bytes that are not UTF-8": raw((text) => text.includes("\u00ff")),
  "hangs on gzip": raw((_, headers) => headers["content-encoding"] === "gzip", "hang"),
  "fails on an unknown encoding": raw((_, headers) => headers["content-encoding"] === "contract-suite"),
  "fails on an unknown charset": raw(
    (_, headers) => headers["content-type"]?.includes("charset=contract") === true,
  ),
  "fails on an invalid content type": raw((_, headers) => headers["content-type"] === ";;="),
  "fails on an unusual Accept": raw((_, headers) => headers.accept === "image/png"),
  "shows a stack trace": raw((text) => text.includes("1e400"), {
    status: 400,
    headers: {},
    body: { message: trace },
  }),
  "stops answering after a truncated body": stops(),
});

/** Answers differently if the path contains a text. */
function atPath(text: string, outcome: Outcome = failed): Behavior {
  return {
    reply: (reply, { request }) => (request.url?.includes(text) ? outcome : reply),
    missing: (reply, request) =>
      request.url?.includes(text) && !request.url.includes("contract-suite-unknown") ? outcome : reply,
  };
}

/** Servers that crash on values in the path, or find something by them. */
export const pathFaults: Faults = {
  "fails on an ID that is just a word": atPath("/contract-suite"),
  "fails on a long ID": atPath("/aaaaaaaaaaaaaaaaaaaa"),
  "fails on NUL in an ID": atPath("%00"),
  "hangs on an ID that is not UTF-8": atPath("%ff", "hang"),
  "fails on a broken escape in an ID": atPath("%zz"),
  "fails on an encoded slash in an ID": atPath("%2f"),
  "fails on a quote in an ID": atPath("'%20or"),
  "finds a resource by __proto__": atPath("/__proto__", { status: 200, headers: {}, body: {} }),
  "shows a stack trace for an ID": atPath("%zz", { status: 400, headers: {}, body: { message: trace } }),
};

/** After a request that was cut off, nothing is answered any more. */
function stops(): Behavior {
  let stopped = false;
  return {
    first(request: IncomingMessage, _response: ServerResponse) {
      request.once("close", () => {
        if (!request.complete) stopped = true;
      });
      return stopped;
    },
  };
}

/** Accepts a number beyond any range, and changes it. */
function takesHuge(stored: () => Json): Behavior {
  return {
    ...overlooks(
      ({ instancePath }) => instancePath === "/amount",
      ({ raw: bytes }) => bytes.includes("1e400"),
    ),
    ...makes((resource, { raw: bytes }) =>
      bytes.includes("1e400") ? { ...resource, amount: stored() } : resource,
    ),
  };
}
