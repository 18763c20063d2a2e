import { randomUUID } from "node:crypto";
import { setImmediate as later } from "node:timers/promises";
import { isObject } from "@dots-payouts/openapi";
import { pick } from "../reference/resource.ts";
import type { Behavior, Reply } from "../reference/server.ts";
import { type Faults, omit, replies, sentIn } from "./fault.ts";

/** Changes the key itself, but not operation and account. */
const keys = (change: (key: string) => string): Behavior => ({
  key(known) {
    const [operation = "", key = "", account = ""] = known?.split(" ") ?? [];
    return known === undefined ? undefined : `${operation} ${change(key)} ${account}`;
  },
});
/** Keys only count together with a part of the body. */
const keyed = (name: string): Behavior => ({
  key: (key, handling) =>
    key === undefined ? undefined : `${key} ${JSON.stringify(sentIn(handling)[name])}`,
});
/** A replay returns the first resource, except for one part that comes from the second body. */
const takesOver = (name: string): Behavior =>
  replays((reply, handling) => {
    const value = sentIn(handling)[name];
    return isObject(reply.body) && value !== undefined
      ? { ...reply, body: { ...reply.body, [name]: value } }
      : reply;
  });
const replays = (change: Parameters<typeof replies>[1]): Behavior => replies("replayed", change);
const changed = (name: string, value: () => string): Behavior =>
  replays((reply) => (isObject(reply.body) ? { ...reply, body: { ...reply.body, [name]: value() } } : reply));

/** Servers that make a payout twice, or not at all. */
export const idempotencyFaults = (): Faults => ({
  "forgets keys": { remember: () => {} },
  "forgets keys in one operation": {
    key: (key, { operation }) => (operation.id === "sendPayout" ? undefined : key),
  },
  "only remembers the last key": {
    remember: (store, key, reply) => {
      store.clear();
      store.set(key, reply);
    },
  },
  "remembers five keys": {
    remember: (store, key, reply) => {
      store.set(key, reply);
      for (const old of [...store.keys()].slice(0, -5)) store.delete(old);
    },
  },
  "forgets a key once it was replayed": {
    reply: (reply, { kind }) => {
      if (kind !== "replayed" || !isObject(reply.body)) return reply;
      const seen = replayed.has(String(reply.body["id"]));
      replayed.add(String(reply.body["id"]));
      return seen ? { ...reply, body: { ...reply.body, id: randomUUID() } } : reply;
    },
  },
  "only compares the beginning of a key": keys((key) => key.slice(0, 9)),
  "only compares the end of a key": keys((key) => key.slice(-12)),
  "ignores the last digit of a key": keys((key) => key.slice(0, -1)),
  "ignores the first digit of a key": keys((key) => key.slice(1)),
  "treats all keys as one": keys(() => ""),
  "treats null as a key": {
    key: (key, handling) =>
      key ?? (sentIn(handling)["idempotency_key"] === null ? `${handling.operation.id} null` : undefined),
  },
  "treats a missing key as a key": { key: (key, { operation }) => key ?? `${operation.id} undefined` },
  "treats equal bodies as one": { key: (key, { operation, raw }) => key ?? `${operation.id} ${raw}` },
  "treats a key with another body as another key": {
    key: (key, { raw }) => (key === undefined ? undefined : `${key} ${raw}`),
  },
  "refuses a key with another body": replayChanged(),
  "answers a replay with 409": replays((reply) => ({
    ...reply,
    status: 409,
    body: { message: "Already made." },
  })),
  "answers a replay with another status of success": replays((reply) => ({
    ...reply,
    status: reply.status === 200 ? 201 : 200,
  })),
  "answers a replay with 304": replays((reply) => ({ ...reply, status: 304, body: Buffer.from("") })),
  "answers a replay without the resource": replays((reply) => ({
    ...reply,
    body: { message: "Already made." },
  })),
  "returns another ID for a replay": changed("id", randomUUID),
  "returns another link for a replay": changed("link", () => `https://links.example.com/${randomUUID()}`),
  "returns another flow for a replay": changed("flow_id", randomUUID),
  "overwrites the first body with the second": replays((reply, handling) =>
    isObject(reply.body)
      ? { ...reply, body: { ...reply.body, ...pick(sentIn(handling), ["memo", "metadata"]) } }
      : reply,
  ),
  "pays again if the amount differs": keyed("amount"),
  "pays again if the payee differs": keyed("payee"),
  "pays again if the user differs": keyed("user_id"),
  "pays again if the delivery differs": keyed("delivery"),
  "pays again if the memo differs": keyed("memo"),
  "adopts the amount of a replay": takesOver("amount"),
  "adopts the payee of a replay": takesOver("payee"),
  "adopts the metadata of a replay": takesOver("metadata"),
  "adopts the payee of a replay if there was none": replays((reply, handling) => {
    const { payee } = sentIn(handling);
    return isObject(reply.body) && reply.body["payee"] === undefined && payee !== undefined
      ? { ...reply, body: { ...reply.body, payee } }
      : reply;
  }),
  "leaves out the metadata of a replay": replays((reply) =>
    isObject(reply.body) ? { ...reply, body: omit(reply.body, "metadata") } : reply,
  ),
  "uses up the key of a refused request": { usesUp: () => true },
  "uses up the key of an SMS without a phone": {
    usesUp: (errors) => errors.some(({ keyword }) => keyword === "if"),
  },
  "uses up the key of a payout without a recipient": {
    usesUp: (errors) => errors.some(({ keyword }) => keyword === "anyOf"),
  },
  "forgets a key after half a second": {
    remember(store, key, reply) {
      store.set(key, reply);
      setTimeout(() => store.delete(key), 500);
    },
  },
  "forgets a key after 1,000 others": {
    remember(store, key, reply) {
      store.set(key, reply);
      const [oldest] = store.keys();
      if (store.size > 1_000 && oldest !== undefined) store.delete(oldest);
    },
  },
  "shares keys among accounts": {
    key: (key) => key?.replace(/ [^ ]*$/, ""),
  },
  "shares keys among operations": {
    key: (key) => key?.replace(/^[^ ]* /, ""),
  },
  "uses up the key of a request with wrong credentials": {
    reply: (reply, handling) => {
      const key = sentIn(handling)["idempotency_key"];
      if (typeof key !== "string") return reply;
      if (handling.kind === "unauthorized") usedUp.add(key);
      return handling.kind === "created" && usedUp.has(key)
        ? { ...reply, status: 409, body: { message: "Taken." } }
        : reply;
    },
  },
  "returns replays to wrong credentials": { replaysTo: () => true },
  "returns replays for a wrong password": {
    replaysTo: ({ request }) => request.headers.authorization?.startsWith("Basic ") === true,
  },
  "returns replays to unknown accounts": {
    replaysTo: ({ request }) => request.headers.authorization === undefined,
  },
  "creates two if two requests arrive at once": { race: () => later(), remember: lateRemember() },
  "swaps answers if many requests arrive at once": swaps(),
  "gives two the same ID if many requests arrive at once": sharedIds(),
  "fails if many requests arrive at once": busy((reply) => ({ ...reply, status: 503 })),
  "cuts connections if many requests arrive at once": busy(() => "cut"),
});

const replayed = new Set<string>();
const usedUp = new Set<string>();

function replayChanged(): Behavior {
  const first = new Map<string, string>();
  return {
    reply: (reply, handling) => {
      const key = sentIn(handling)["idempotency_key"];
      if (typeof key !== "string" || handling.kind === "refused") return reply;
      const before = first.get(key);
      if (before === undefined) first.set(key, String(handling.raw));
      return before === undefined || before === String(handling.raw)
        ? reply
        : { status: 422, headers: {}, body: { message: "The key belongs to another request." } };
    },
  };
}

/** A key is stored a moment after its resource was created. */
function lateRemember(): NonNullable<Behavior["remember"]> {
  return (store, key, reply) => {
    setTimeout(() => store.set(key, reply), 3);
  };
}

/** Simultaneous answers are swapped. */
function swaps(): Behavior {
  const waiting: { reply: Reply; resolve: (reply: Reply) => void }[] = [];
  return {
    async reply(reply, { kind }) {
      if (kind !== "created") return reply;
      return new Promise((resolve) => {
        waiting.push({ reply, resolve });
        setTimeout(() => {
          const group = waiting.splice(0);
          for (const [index, one] of group.entries())
            one.resolve(group[(index + 1) % group.length]?.reply ?? one.reply);
        }, 2);
      });
    },
  };
}

/** IDs are the time in milliseconds. */
function sharedIds(): Behavior {
  return {
    make: (resource) => ({
      ...resource,
      id: `00000000-0000-4000-8000-${String(Date.now()).padStart(12, "0").slice(-12)}`,
    }),
  };
}

function busy(change: (reply: Reply) => Reply | "cut"): Behavior {
  let open = 0;
  return {
    async race() {
      open += 1;
      await later();
      await later();
      open -= 1;
    },
    reply: (reply, { kind }) => (kind === "created" && open > 8 ? change(reply) : reply),
  };
}
