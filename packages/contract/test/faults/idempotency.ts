import { randomUUID } from "node:crypto";
import { setImmediate as later } from "node:timers/promises";
import { isObject } from "@dots-payouts/openapi";
import { pick } from "../reference/resource.ts";
import type { Behaviour, Reply } from "../reference/server.ts";
import { type Faults, replies, sentIn } from "./fault.ts";

const keys = (change: (key: string) => string): Behaviour => ({
  key: (key) => (key === undefined ? undefined : change(key)),
});
const replays = (change: Parameters<typeof replies>[1]): Behaviour => replies("replayed", change);
const changed = (name: string, value: () => string): Behaviour =>
  replays((reply) => (isObject(reply.body) ? { ...reply, body: { ...reply.body, [name]: value() } } : reply));

/** Servers that make a payout twice, or not at all. */
export const idempotencyFaults = (): Faults => ({
  "forgets keys": { remember: () => {} },
  "forgets keys in one operation": {
    key: (key, { operation }) => (operation.id === "sendPayout" ? undefined : key),
  },
  "remembers the last key only": {
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
  "looks at the beginning of a key": keys((key) => key.slice(0, key.indexOf(" ") + 9)),
  "looks at the end of a key": keys((key) => key.slice(-12)),
  "leaves the last digit of a key out": keys((key) => key.slice(0, -1)),
  "leaves the first digit of a key out": keys((key) => key.replace(/ ./, " ")),
  "takes all keys for one": keys((key) => key.slice(0, key.indexOf(" "))),
  "takes null for a key": {
    key: (key, handling) =>
      key ?? (sentIn(handling)["idempotency_key"] === null ? `${handling.operation.id} null` : undefined),
  },
  "takes a missing key for a key": { key: (key, { operation }) => key ?? `${operation.id} undefined` },
  "takes equal bodies for one": { key: (key, { operation, raw }) => key ?? `${operation.id} ${raw}` },
  "takes a key with another body for another": {
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
  "gives a replay another ID": changed("id", randomUUID),
  "gives a replay another link": changed("link", () => `https://links.example.com/${randomUUID()}`),
  "gives a replay another time": changed("created", () => new Date(Date.now() + 1_000).toISOString()),
  "gives a replay another flow": changed("flow_id", randomUUID),
  "overwrites the first with the second body": replays((reply, handling) =>
    isObject(reply.body)
      ? { ...reply, body: { ...reply.body, ...pick(sentIn(handling), ["memo", "metadata"]) } }
      : reply,
  ),
  "burns the key of a refused request": { burns: true },
  "burns the key of a stranger": {
    reply: (reply, handling) => {
      const key = String(sentIn(handling)["idempotency_key"]);
      if (handling.kind === "unauthorized") burnt.add(key);
      return handling.kind === "created" && burnt.has(key)
        ? { ...reply, status: 409, body: { message: "Taken." } }
        : reply;
    },
  },
  "shows replays to strangers": { replaysToAnyone: true },
  "makes two where two come at once": { race: () => later(), remember: lateRemember() },
  "swaps answers when many come at once": swaps(),
  "gives two the same ID when many come at once": sharedIds(),
  "fails when many come at once": busy((reply) => ({ ...reply, status: 503 })),
  "cuts connections when many come at once": busy(() => "cut"),
});

const replayed = new Set<string>();
const burnt = new Set<string>();

function replayChanged(): Behaviour {
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

/** A key is bound a moment after its resource was made. */
function lateRemember(): NonNullable<Behaviour["remember"]> {
  return (store, key, reply) => {
    setTimeout(() => store.set(key, reply), 3);
  };
}

/** Answers that are ready at the same time go out in the wrong order. */
function swaps(): Behaviour {
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

/** IDs are the number of milliseconds. */
function sharedIds(): Behaviour {
  return {
    make: (resource) => ({
      ...resource,
      id: `00000000-0000-4000-8000-${String(Date.now()).padStart(12, "0").slice(-12)}`,
    }),
  };
}

function busy(change: (reply: Reply) => Reply | "cut"): Behaviour {
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
