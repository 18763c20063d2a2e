import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { isObject, type Json, type JsonObject } from "@dots-payouts/openapi";
import type { Behavior, Reply } from "./server.ts";

const resource = (reply: Reply, change: (made: JsonObject) => JsonObject): Reply =>
  reply.status < 300 && isObject(reply.body) ? { ...reply, body: change(reply.body) } : reply;
const text = (change: (json: string) => string): Behavior => ({
  reply: (reply) => ({ ...reply, body: Buffer.from(change(JSON.stringify(reply.body))) }),
});
const refusing = (status: number, when: (raw: string) => boolean): Behavior => ({
  reply: (reply, { raw }) =>
    when(raw.toString("latin1"))
      ? { status, headers: {}, body: { message: "Not with this server." } }
      : reply,
});

/** Correct servers, each with a behavior that the spec leaves open. */
export const freedoms: Readonly<Record<string, () => Behavior>> = {
  "does only what the spec requires": () => ({}),
  "adds fields and headers": () => ({
    reply: (reply) => ({
      ...reply,
      headers: { ...reply.headers, "x-request-id": "1", "cache-control": "no-store", vary: "accept" },
      body: isObject(reply.body)
        ? { ...reply.body, object: "thing", links: [{ rel: "self" }], extra: null }
        : reply.body,
    }),
  }),
  "adds to values that it returns": () => ({
    make: (made) =>
      isObject(made["payee"]) ? { ...made, payee: { ...made["payee"], verified: false } } : made,
  }),
  "fills in every optional field": () => ({
    make: (made, { operation }) =>
      operation.id === "createPayoutRequest"
        ? {
            ...made,
            user: {
              first_name: "Sam",
              ...(isObject(made["user"]) ? made["user"] : {}),
              wallet: { amount: 0.5 },
            },
          }
        : {
            ...made,
            tax_exempt: made["tax_exempt"] ?? false,
            delivery: {
              method: "link",
              ...(isObject(made["delivery"]) ? made["delivery"] : {}),
              email: "a@example.com",
            },
          },
  }),
  "returns null for missing values": () => ({
    make: (made, { operation }) =>
      operation.id === "createPayoutRequest"
        ? { user: null, "payout-link": null, ...made }
        : { payee: null, metadata: null, accounting_data: null, claimed_user_id: null, ...made },
  }),
  "leaves out null values when read": () => ({
    make: (made) => ({ ...made, memo: made["memo"] ?? null }),
    found: (found) =>
      isObject(found.body) && found.body["memo"] === null
        ? {
            ...found,
            body: Object.fromEntries(Object.entries(found.body).filter(([name]) => name !== "memo")),
          }
        : found,
  }),
  "answers 201 for a new link": () => ({
    reply: (reply, { kind }) => (reply.status === 200 && kind !== "read" ? { ...reply, status: 201 } : reply),
  }),
  "returns times without a zone": () => ({
    make: (made) => ({ ...made, created: String(made["created"]).replace("Z", "") }),
  }),
  "drops unknown fields of values that it returns": () => ({
    make: (made) => {
      const payee = made["payee"];
      if (!isObject(payee)) return made;
      const known = Object.entries(payee).filter(([name]) => !name.startsWith("contract"));
      return { ...made, payee: Object.fromEntries(known) };
    },
  }),
  "refuses with 422 and the reasons": () => ({
    reply: (reply) =>
      reply.status === 400
        ? { ...reply, status: 422, body: { message: "no", errors: [{ path: "/amount" }] } }
        : reply,
  }),
  "validates before it checks credentials": () => ({ validatesFirst: true }),
  "answers wrong methods with 404": () => ({ missing: (reply) => ({ ...reply, status: 404, headers: {} }) }),
  "answers unknown paths with 401": () => ({ missing: (reply) => ({ ...reply, status: 401 }) }),
  "allows more methods": () => ({
    missing: (reply) =>
      reply.status === 405
        ? { ...reply, headers: { allow: `OPTIONS, HEAD, ${reply.headers["allow"]?.toLowerCase()}` } }
        : reply,
  }),
  "names its charset": () => ({
    reply: (reply) => ({
      ...reply,
      headers: { ...reply.headers, "content-type": "Application/JSON; charset=UTF-8" },
    }),
  }),
  "compresses its answers": () => ({
    reply: (reply) => ({
      ...reply,
      headers: { ...reply.headers, "content-encoding": "gzip" },
      body: gzipSync(Buffer.isBuffer(reply.body) ? reply.body : JSON.stringify(reply.body)),
    }),
  }),
  "compresses its answers with Brotli": () => ({
    reply: (reply) => ({
      ...reply,
      headers: { ...reply.headers, "content-encoding": "br" },
      body: brotliCompressSync(Buffer.isBuffer(reply.body) ? reply.body : JSON.stringify(reply.body), {
        params: { [constants.BROTLI_PARAM_QUALITY]: 1 },
      }),
    }),
  }),
  "sends large answers": () => {
    let count = 0;
    return {
      make(made) {
        count += 1;
        return count % 200 === 0 ? { ...made, history: "x".repeat(5_000_000) } : made;
      },
    };
  },
  "writes UUIDs in lower case": () => ({
    make: (made) =>
      isObject(made["user"])
        ? { ...made, user: { ...made["user"], id: String(made["user"]["id"]).toLowerCase() } }
        : made,
  }),
  "names several schemes": () => ({
    reply: (reply) =>
      reply.status === 401 ? { ...reply, headers: { "www-authenticate": 'Bearer, BASIC realm="x"' } } : reply,
  }),
  "indents its JSON, and sorts keys differently": () => ({
    reply: (reply) => ({
      ...reply,
      body: Buffer.from(
        JSON.stringify(
          isObject(reply.body) ? Object.fromEntries(Object.entries(reply.body).toReversed()) : reply.body,
          null,
          2,
        ),
      ),
    }),
  }),
  "escapes non-ASCII characters": () =>
    text((json) =>
      json.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`),
    ),
  "writes numbers with a fraction": () =>
    text((json) => json.replace(/"amount":(\d+)(?=[,}])/, '"amount":$1.0')),
  "returns times in another zone": () => ({
    make: (made) => ({
      ...made,
      created: new Date(Date.now() + 2 * 3_600_000).toISOString().replace("Z", "+02:00"),
    }),
  }),
  "has a clock with whole seconds": () => ({
    make: (made) => ({ ...made, created: String(made["created"]).replace(/\.\d+/, "") }),
  }),
  "has a clock that is two minutes late": () => ({
    make: (made) => ({ ...made, created: new Date(Date.now() - 120_000).toISOString() }),
  }),
  "has its own clock": () => {
    const late = (): Date => new Date(Date.now() - 86_400_000);
    return {
      make: (made) => ({ ...made, created: late().toISOString() }),
      reply: (reply) => ({ ...reply, headers: { ...reply.headers, date: late().toUTCString() } }),
    };
  },
  "writes IDs in upper case": () => ({ make: (made) => ({ ...made, id: String(made["id"]).toUpperCase() }) }),
  "changes state between a request and its replay": () => ({
    reply: (reply, { kind }) =>
      kind === "replayed"
        ? resource(reply, (made) => ({
            ...made,
            status: "claimed",
            claimed_user_id: "2e7a4c1b-9d60-4b8f-a7c5-3f0e8d2b6194",
          }))
        : reply,
  }),
  "returns the time of the replay": () => ({
    reply: (reply, { kind }) =>
      kind === "replayed"
        ? resource(reply, (made) => ({ ...made, created: new Date().toISOString() }))
        : reply,
  }),
  "tells all but the first of a race to try again": () => {
    const busy = new Map<Json, Promise<void>>();
    return {
      async reply(reply, { kind, body }) {
        const key = isObject(body) ? body["idempotency_key"] : undefined;
        if (typeof key !== "string" || kind === "refused" || kind === "unauthorized") return reply;
        if (busy.has(key)) return { status: 409, headers: {}, body: { message: "On its way." } };
        const slow = new Promise<void>((resolve) => setTimeout(resolve, 5));
        busy.set(key, slow);
        await slow;
        busy.delete(key);
        return reply;
      },
    };
  },
  "is slow": () => ({
    reply: (reply) => new Promise((resolve) => setTimeout(() => resolve(reply), 8)),
  }),
  "closes every connection": () => ({
    reply: (reply) => ({ ...reply, headers: { ...reply.headers, connection: "close" } }),
  }),
  "limits the rate now and then": () => {
    let count = 0;
    return {
      reply(reply) {
        count += 1;
        return count % 97 === 0
          ? { status: 429, headers: { "retry-after": "0" }, body: { message: "Too many requests." } }
          : reply;
      },
    };
  },
  "refuses bodies above 100 kB": () => refusing(413, (raw) => raw.length > 100_000),
  "refuses names that are special to JavaScript": () =>
    refusing(400, (raw) => /__proto__|"constructor"/.test(raw)),
  "refuses values that it can't store": () => refusing(400, (raw) => /\\u0000|\\ud800/.test(raw)),
  "refuses deep nesting": () =>
    refusing(400, (raw) => raw.includes("[[[[[[[[[[[[[[[[") || raw.includes('{"a":{"a":{"a":{"a":')),
  "refuses content encodings": () => ({
    reply: (reply, { request }) =>
      request.headers["content-encoding"] === undefined
        ? reply
        : { status: 415, headers: {}, body: { message: "Plain bodies only." } },
  }),
};
