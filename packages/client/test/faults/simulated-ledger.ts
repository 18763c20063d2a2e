import { randomUUID } from "node:crypto";
import type { ClientOptions } from "../../src/index.ts";
import { HAS_STARTED, SENDS_ONCE } from "../../src/transport/knowing-fetch.ts";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
const LIFETIME = 24 * HOUR;

/** What becomes of one request. */
export type Fate =
  | { readonly kind: "answer"; readonly paid: boolean; readonly status: number; readonly body?: string }
  | { readonly kind: "lost"; readonly paid: boolean }
  | { readonly kind: "silence"; readonly paid: boolean }
  | { readonly kind: "late"; readonly after: number }
  | { readonly kind: "refused connection" }
  | { readonly kind: "queued" };

/** A server within the process, on its own clock, that pays once per key and app as long as the key lives. */
export class SimulatedLedger {
  now = Date.parse("2026-11-06T09:30:00Z");
  readonly fates: Fate[] = [];
  readonly payouts = new Map<string, string[]>();
  readonly bodies = new Map<string, Set<string>>();
  readonly #known = new Map<string, { id: string; at: number }>();
  #late: { at: number; body: string; app: string }[] = [];

  /** Lets time pass, in which requests that were held up arrive. */
  pass(milliseconds: number): void {
    const end = this.now + milliseconds;
    const [due, later] = [this.#late.filter(({ at }) => at <= end), this.#late.filter(({ at }) => at > end)];
    this.#late = later;
    for (const { at, body, app } of due.toSorted((one, other) => one.at - other.at)) {
      this.now = at;
      this.#pay(body, app);
    }
    this.now = end;
  }

  /** A fetch that sends each request at most once, and knows whether it did. */
  readonly fetch: NonNullable<ClientOptions["fetch"]> = Object.assign(
    (_: string, init: RequestInit): Promise<Response> => this.#receive(init),
    {
      [HAS_STARTED]: (signal: AbortSignal): boolean => this.#started.has(signal),
      [SENDS_ONCE]: () => true,
    },
  );

  readonly #started = new WeakSet<AbortSignal>();

  #receive({ body, signal, headers }: RequestInit): Promise<Response> {
    const text = String(body);
    const app = new Headers(headers).get("api-app-id") ?? "";
    const fate = this.fates.shift() ?? { kind: "answer", paid: true, status: 201 };
    if (fate.kind === "refused connection") {
      return Promise.reject(Object.assign(new Error("refused"), { syscall: "connect" }));
    }
    if (fate.kind === "queued") return new Promise(() => {});
    if (signal) this.#started.add(signal);
    this.#note(text);
    if (fate.kind === "late") {
      this.#late.push({ at: this.now + fate.after, body: text, app });
      return new Promise(() => {});
    }
    const id = fate.paid ? this.#pay(text, app) : randomUUID();
    if (fate.kind === "lost") return Promise.reject(new TypeError("fetch failed"));
    if (fate.kind === "silence") return new Promise(() => {});
    const answer = {
      id,
      created: "2026-10-31T17:04:12Z",
      link: "https://l.example.com",
      amount: 1,
      status: "sent",
    };
    const content = fate.body ?? (fate.status < 300 ? JSON.stringify(answer) : '{"message":"No."}');
    return Promise.resolve(new Response(content, { status: fate.status }));
  }

  #note(text: string): void {
    const { idempotency_key: key } = JSON.parse(text);
    this.bodies.set(key, (this.bodies.get(key) ?? new Set()).add(text));
  }

  #pay(text: string, app: string): string {
    const { idempotency_key: key } = JSON.parse(text);
    const before = this.#known.get(`${app} ${key}`);
    if (before !== undefined && this.now - before.at < LIFETIME) return before.id;
    const id = randomUUID();
    this.payouts.set(key, [...(this.payouts.get(key) ?? []), id]);
    this.#known.set(`${app} ${key}`, { id, at: this.now });
    return id;
  }
}
