import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { json } from "node:stream/consumers";
import { isDeepStrictEqual } from "node:util";
import { accountMark, Dots, DotsError, type KeyedCallOptions, RateLimitError } from "@dots-payouts/client";
import { validation } from "@dots-payouts/client/validation";
import { type Row, store } from "./store.ts";

const url = process.env["DOTS_BASE_URL"];
const dots = new Dots({ environment: "sandbox", baseUrl: url, validation: validation() });

/** One call at a time for each payout. */
const running = new Map<string, Promise<void>>();
function settle(id: string): Promise<void> {
  const call = running.get(id) ?? pay(store.get(id)).finally(() => running.delete(id));
  running.set(id, call);
  return call;
}

async function pay(row: Row): Promise<void> {
  const { id, key, body, firstSentAt, account, outcome } = row;
  const operation = "sendPayout";
  // Sent before, perhaps by a process that died: with the same key it is paid at most once.
  if (outcome === "unknown") {
    return send(row, { continue: { operation, key, body, firstSentAt, account, outcome } });
  }
  if (outcome !== "not_sent") return;
  // Stored before it is sent. A refusal may use up a key, so each new start takes a new one.
  const idempotencyKey = randomUUID();
  const mark = await accountMark(dots);
  store.start(id, idempotencyKey, mark);
  await send(row, { idempotencyKey, keyIsNew: true, account: mark });
}

async function send({ id, body }: Row, options: KeyedCallOptions): Promise<void> {
  try {
    const payout = await dots.payouts.send(body, options);
    store.end(id, "paid", payout.id, null);
  } catch (error) {
    if (!(error instanceof DotsError)) throw error;
    // Too many requests: nothing was carried out, and a later attempt pays.
    const later = error.outcome === "rejected" && error instanceof RateLimitError;
    store.end(id, later ? "not_sent" : error.outcome, null, error.message);
  }
}

async function settleAll(): Promise<void> {
  for (const id of store.unsettled()) await settle(id);
}
settleAll().catch(console.error);
setInterval(() => settleAll().catch(console.error), 60_000);

/** `PUT /payouts/<your ID>` pays once, however often it is called, and returns the payout's state. */
const server = createServer(async (request, response) => {
  const id = /^\/payouts\/([\w-]+)$/.exec(request.url ?? "")?.[1];
  const body = await json(request).catch(() => undefined);
  if (id === undefined || body === undefined) return void response.writeHead(400).end();
  store.add(id, JSON.stringify(body));
  if (!isDeepStrictEqual(store.get(id).body, body)) return void response.writeHead(409).end();
  await settle(id);
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(store.get(id)));
});
server.listen(Number(process.env["PORT"] ?? 3000), "127.0.0.1", () => {
  console.log("listening on", server.address());
});
