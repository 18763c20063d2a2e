import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { setImmediate } from "node:timers/promises";

/** What the fake API does with a request. Whether it is carried out does not depend on the answer. */
export type Behavior =
  | "answer" // carried out and answered
  | "lose" // carried out, the answer is lost
  | "drop" // never arrives
  | "late" // no answer; carried out later
  | "hold" // no answer; carried out when the test says so
  | "fail" // 500, carried out all the same
  | "fail-void" // 500, not carried out
  | "empty" // 201 with an empty body, carried out
  | "mix-up" // not carried out, and answered with the object of the very first request
  | "refuse" // 422, not carried out
  | "busy" // 409, not carried out
  | "busy-late" // 409, and carried out a while later
  | "refuse-made" // 422, carried out all the same
  | "limit" // 429, not carried out
  | "forbid" // 403, not carried out
  | "unauthorized"
  | "broke"; // 402, not carried out

export interface Made {
  readonly id: string;
  readonly kind: string;
  readonly created: number;
  readonly amount: number;
  readonly reference: string | undefined;
  readonly metadata: unknown;
  status: string;
}

export interface Received {
  readonly path: string;
  readonly text: string;
  readonly key: string | undefined;
  readonly reference: string | undefined;
  /** The client ID that it was sent with. */
  readonly client: string;
  /** The app that it was sent for. */
  readonly app: string | undefined;
  readonly behavior: Behavior;
  readonly at: number;
}

export interface FakeOptions {
  /** What to do with a request. `n` counts from 0. */
  readonly behave?: (request: { readonly n: number; readonly reference: string | undefined }) => Behavior;
  /** The API's clock. */
  readonly now?: () => number;
  /** How long a key lives, in milliseconds. */
  readonly lifetime?: number;
  /** How long after it arrived an unanswered request is carried out, in milliseconds. */
  readonly delay?: number;
  /** How long everyone is asked to wait, in seconds. */
  readonly retryAfter?: number;
  /** What the list leaves out. */
  readonly hides?: (made: Made) => boolean;
  /** Whether the list starts with the newest. */
  readonly newestFirst?: boolean;
  /** Whether the pages of lists are empty, but say that there is more. */
  readonly emptyPages?: boolean;
  /** Whether lists are never answered. */
  readonly stalls?: () => boolean;
  /** Whether answers have a date. */
  readonly tellsTime?: boolean;
  /** What answers and lists contain instead of what was created. */
  readonly alter?: (answer: ReturnType<typeof asAnswer>) => object;
  /** The message of refusals. */
  readonly says?: string;
}

const KINDS = new Map([
  ["/v2/payout-links", "payoutLink"],
  ["/v2/payouts/send-payout", "payoutLink"],
  ["/v2/payout-requests", "payoutRequest"],
]);

/** A part of the money on its way to a person. */
interface Transfer {
  readonly id: string;
  readonly payout_link_id: string;
  readonly type: string;
  status: string;
}

/** What is known about a key. */
interface Slot {
  readonly start: number;
  made: Made | undefined;
}

/** An API that pays once per key, forgets keys after their lifetime, and treats requests as told. */
export class FakeApi {
  readonly made: Made[] = [];
  readonly transfers: Transfer[] = [];
  readonly received: Received[] = [];
  options: FakeOptions;
  /** What a request waits for after it was received, before it is handled. */
  before: (() => Promise<void>) | undefined;
  readonly #keys = new Map<string, Slot>();
  readonly #held: (() => Made)[] = [];
  readonly #late = new Set<() => void>();
  readonly #sockets = new Set<Socket>();
  readonly #server = createServer((request, response) => void this.#handle(request, response));

  private constructor(options: FakeOptions) {
    this.options = options;
  }

  static async start(options: FakeOptions = {}): Promise<FakeApi> {
    const api = new FakeApi(options);
    api.#server.on("connection", (socket) => {
      api.#sockets.add(socket);
      socket.once("close", () => api.#sockets.delete(socket));
    });
    await new Promise<void>((resolve) => api.#server.listen(0, "127.0.0.1", resolve));
    return api;
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  get now(): number {
    return this.options.now?.() ?? Date.now();
  }

  /** What was created for one of the caller's IDs. */
  madeFor(reference: string): Made[] {
    return this.made.filter((made) => made.reference === reference);
  }

  /** Carries out the requests that were held. */
  release(): void {
    for (const carryOut of this.#held.splice(0)) carryOut();
  }

  /**
   * Reads what dead senders have sent to its end, and carries out what is late, so that nothing stays in progress for
   * hours.
   */
  async finish(): Promise<void> {
    await setImmediate();
    await Promise.all([...this.#sockets].map((socket) => once(socket, "close")));
    for (const work of [...this.#late]) work();
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.sendDate = false;
    if (this.options.tellsTime !== false) response.setHeader("date", new Date(this.now).toUTCString());
    const url = new URL(request.url ?? "", "http://localhost");
    if (request.method === "GET") {
      this.#read(url, response);
      return;
    }
    let text = "";
    try {
      for await (const chunk of request) text += String(chunk);
    } catch {
      return;
    }
    const body = JSON.parse(text);
    const reference: string | undefined = body.metadata?.outbox_id;
    const key: string | undefined = body.idempotency_key ?? undefined;
    const behavior = this.options.behave?.({ n: this.received.length, reference }) ?? "answer";
    const app = request.headers["api-app-id"]?.toString();
    const client = clientOf(request);
    this.received.push({ path: url.pathname, text, key, reference, client, app, behavior, at: this.now });
    await this.before?.();
    const kind = KINDS.get(url.pathname);
    if (kind === undefined) return reply(response, 404, { message: "no such path" });
    // A key counts from when its request is received, however late that is carried out.
    let slot: Slot | undefined;
    const start = () => {
      slot ??= this.#start(key);
    };
    const carryOut = () => {
      start();
      return this.#carryOut(kind, body, slot, reference);
    };
    switch (behavior) {
      case "answer":
        return reply(response, 201, this.#answer(carryOut()));
      case "lose":
        carryOut();
        return void response.destroy();
      case "drop":
        return void response.destroy();
      case "late":
        start();
        return this.#carryOutLater(carryOut);
      case "hold":
        start();
        this.#held.push(carryOut);
        return;
      case "fail":
        carryOut();
        return reply(response, 500, { message: "it failed" });
      case "fail-void":
        return reply(response, 500, { message: "it failed" });
      case "mix-up": {
        const [first] = this.made;
        return reply(response, 201, first === undefined ? {} : this.#answer(first));
      }
      case "empty":
        carryOut();
        return reply(response, 201, {});
      case "refuse":
        return reply(response, 422, { message: this.options.says ?? "no" });
      case "busy":
        return reply(response, 409, { message: "still at it" });
      case "busy-late":
        start();
        this.#carryOutLater(carryOut);
        return reply(response, 409, { message: "still at it" });
      case "refuse-made":
        carryOut();
        return reply(response, 422, { message: "no" });
      case "limit":
        response.setHeader("retry-after", String(this.options.retryAfter ?? 1));
        return reply(response, 429, { message: "slow down" });
      case "forbid":
        return reply(response, 403, { message: "not yours" });
      case "unauthorized":
        return reply(response, 401, { message: "who are you" });
      case "broke":
        return reply(response, 400, { message: "no money", code: "transaction-insufficient-funds" });
    }
  }

  #answer(made: Made): object {
    const answer = asAnswer(made);
    return this.options.alter?.(answer) ?? answer;
  }

  #carryOutLater(carryOut: () => Made): void {
    const work = (): void => {
      if (this.#late.delete(work)) carryOut();
    };
    this.#late.add(work);
    setTimeout(work, this.options.delay ?? 100);
  }

  #start(key: string | undefined): Slot | undefined {
    if (key === undefined) return undefined;
    const known = this.#keys.get(key);
    if (known !== undefined && this.now < known.start + (this.options.lifetime ?? 24 * 3_600_000))
      return known;
    const fresh = { start: this.now, made: undefined };
    this.#keys.set(key, fresh);
    return fresh;
  }

  #carryOut(
    kind: string,
    body: { amount: number; metadata?: unknown },
    slot: Slot | undefined,
    reference: string | undefined,
  ): Made {
    if (slot?.made !== undefined) return slot.made;
    const made: Made = {
      id: randomUUID(),
      kind,
      created: this.now,
      amount: body.amount,
      reference,
      metadata: body.metadata,
      status: "created",
    };
    this.made.push(made);
    if (slot !== undefined) slot.made = made;
    return made;
  }

  #readTransfers(id: string | undefined, response: ServerResponse): void {
    const data = this.transfers.map((transfer) => ({
      ...transfer,
      created: new Date(0).toISOString(),
      amount: 1,
    }));
    const one = data.find((transfer) => transfer.id === id);
    if (id === undefined) reply(response, 200, { data, has_more: false });
    else reply(response, one === undefined ? 404 : 200, one ?? { message: "none" });
  }

  #read(url: URL, response: ServerResponse): void {
    const [, , path = "", id] = url.pathname.split("/");
    if (path === "transfers") {
      this.#readTransfers(id, response);
      return;
    }
    const kind = KINDS.get(`/v2/${path}`);
    const all = this.made.filter((made) => made.kind === kind);
    if (id !== undefined) {
      const one = all.find((made) => made.id === id);
      if (one === undefined) reply(response, 404, { message: "none" });
      else reply(response, 200, this.#answer(one));
      return;
    }
    if (this.options.stalls?.() === true) return;
    if (this.options.emptyPages === true) {
      reply(response, 200, { data: [], has_more: true });
      return;
    }
    const listed = all.filter((made) => this.options.hides?.(made) !== true);
    if (this.options.newestFirst !== false) listed.reverse();
    const after = url.searchParams.get("starting_after");
    const start = after === null ? 0 : listed.findIndex((made) => made.id === after) + 1;
    const limit = Number(url.searchParams.get("limit") ?? 10);
    const data = listed.slice(start, start + limit).map((made) => this.#answer(made));
    const more = start + limit < listed.length;
    reply(response, 200, { data, has_more: more });
  }
}

function clientOf({ headers }: IncomingMessage): string {
  const login = Buffer.from((headers.authorization ?? "").replace(/^Basic /, ""), "base64").toString();
  return login.split(":")[0] ?? "";
}

function asAnswer({ id, created, amount, metadata, status }: Made) {
  return {
    id,
    created: new Date(created).toISOString(),
    amount,
    status,
    link: `https://links.example.com/${id}`,
    metadata: metadata ?? null,
  };
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.statusCode = status;
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(body));
}
