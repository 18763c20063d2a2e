import fc from "fast-check";
import { afterEach, describe, expect, inject, it, vi } from "vitest";
import { accountMark, Dots, DotsError, type KeyedCallOptions, type StoredCall } from "../../src/index.ts";
import type { Sent } from "../../src/runtime/api-call.ts";
import { type Fate, HOUR, MINUTE, SimulatedLedger } from "./simulated-ledger.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** How many sequences of calls with one key are tried. */
    keySequences: number;
  }
}

afterEach(() => vi.useRealTimers());

const BODY = { amount: 1, payee: { country_code: "1", phone_number: "2025550139" } };

const paid = fc.boolean();
const fates: fc.Arbitrary<Fate> = fc.oneof(
  fc.record({
    kind: fc.constant("answer" as const),
    paid: fc.constant(true),
    status: fc.constantFrom(200, 201, 202),
  }),
  fc.record({
    kind: fc.constant("answer" as const),
    paid: fc.constant(false),
    status: fc.constantFrom(400, 401, 403, 404, 422, 429),
  }),
  fc.record({
    kind: fc.constant("answer" as const),
    paid,
    status: fc.constantFrom(302, 408, 409, 423, 425, 499, 500, 502, 503, 504),
  }),
  fc.record({
    kind: fc.constant("answer" as const),
    paid,
    status: fc.constant(201),
    body: fc.constantFrom("", "<html>"),
  }),
  fc.record({ kind: fc.constant("lost" as const), paid }),
  fc.record({ kind: fc.constant("silence" as const), paid }),
  fc.record({ kind: fc.constant("late" as const), after: fc.nat({ max: 5 * MINUTE }) }),
  fc.constant({ kind: "refused connection" } as const),
  fc.constant({ kind: "queued" } as const),
);

/** A call by its own process. */
const calls = fc.record({
  /** How long nothing happens before it, in milliseconds. */
  pause: fc.oneof(fc.nat({ max: 10 * MINUTE }), fc.nat({ max: 30 * HOUR })),
  /** How far the process's clock is off. */
  skew: fc.integer({ min: -3 * MINUTE, max: 3 * MINUTE }),
  fates: fc.array(fates, { maxLength: 4 }),
  maxRetries: fc.nat({ max: 3 }),
  /** How much time passes before each retry. */
  delay: fc.oneof(fc.nat({ max: MINUTE }), fc.nat({ max: 26 * HOUR })),
  method: fc.constantFrom("payouts.send", "payoutLinks.create", "http" as const),
  /** The app that the process is set up for. A key that is passed on alone is passed on to the same app. */
  app: fc.constantFrom("one", "one", "two"),
  /** How the call is told what is known of the key. */
  told: fc.constantFrom("error", "json", "stored", "key" as const),
  /** What keeps the call from going on, if anything does. */
  stop: fc.constantFrom(undefined, undefined, undefined, "aborted", "deadline", "limits", "header" as const),
  /** Whether the process ends before it hears how the call has ended. */
  isKilled: fc.boolean(),
});
type Call = typeof calls extends fc.Arbitrary<infer Value> ? Value : never;

const STOPS: Readonly<Record<string, KeyedCallOptions>> = {
  aborted: { signal: AbortSignal.abort() },
  deadline: { deadline: 0 },
  limits: { timeout: -1 },
  header: { headers: { "x-trace": "a\nb" } },
};

/** What a program keeps of a payout, from one process to the next. */
interface Row {
  readonly stored: StoredCall;
  readonly error?: DotsError | undefined;
}

function optionsOf({ stored, error }: Row, told: Call["told"]): KeyedCallOptions {
  if (told === "key") return { idempotencyKey: stored.key, firstSentAt: stored.firstSentAt };
  if (error === undefined || told === "stored") return { continue: stored };
  return { continue: told === "error" ? error : JSON.parse(JSON.stringify(error)) };
}

/** Makes calls with one key, one process after another. What was promised and not kept. */
async function play(sequence: readonly Call[], ownKey: boolean): Promise<string[]> {
  const ledger = new SimulatedLedger();
  const problems: string[] = [];
  let row: Row | undefined;
  const [{ method } = { method: "payouts.send" as const }] = sequence;
  const operation = { operation: method === "payoutLinks.create" ? "createPayoutLink" : "sendPayout" };
  for (const call of sequence) {
    ledger.pass(call.pause);
    const setClock = (): void => void vi.setSystemTime(ledger.now + call.skew);
    setClock();
    ledger.fates.splice(0, Number.POSITIVE_INFINITY, ...call.fates);
    const dots = new Dots({
      baseUrl: "https://api.example.com",
      clientId: "id",
      apiKey: "secret-key",
      appId:
        call.told === "key"
          ? (/api-app-id=(\w+)/.exec(row?.stored.account ?? "")?.[1] ?? call.app)
          : call.app,
      fetch: ledger.fetch,
      timeout: 5,
      retryDelay: 0,
      maxRetries: call.maxRetries,
      onRetry: () => {
        ledger.pass(call.delay);
        setClock();
      },
    });
    const key = crypto.randomUUID();
    const now = new Date().toISOString();
    const known: KeyedCallOptions =
      row === undefined ? (ownKey ? { idempotencyKey: key, keyIsNew: true } : {}) : optionsOf(row, call.told);
    // As the README says: before a request may be sent, it is stored that it may have been.
    if (row !== undefined || ownKey) {
      const used = row?.error?.outcome === "not_sent" ? undefined : row?.stored.account;
      const account = used ?? (await accountMark(dots));
      const { key: kept, firstSentAt } = row?.stored ?? { key, firstSentAt: undefined };
      row = {
        stored: {
          ...operation,
          key: kept,
          body: BODY,
          firstSentAt: firstSentAt ?? now,
          account,
          outcome: "unknown",
        },
      };
    }
    const options = { ...known, ...(call.stop && STOPS[call.stop]) };
    try {
      const { id, idempotencyKey, firstSentAt, account } = await send(dots, method, options);
      if (![...ledger.payouts.values()].flat().includes(id)) problems.push("a false success");
      if (!call.isKilled && idempotencyKey !== undefined) {
        row = {
          stored: { ...operation, key: idempotencyKey, body: BODY, firstSentAt, account, outcome: "unknown" },
        };
      }
    } catch (error) {
      if (!(error instanceof DotsError)) throw error;
      const { idempotencyKey, outcome, firstSentAt } = error;
      const account = error.account ?? row?.stored.account;
      if (outcome !== "unknown" && ledger.payouts.has(idempotencyKey ?? "")) {
        problems.push(`${error.name} says ${outcome} of a payout that was made`);
      }
      if (!call.isKilled && idempotencyKey !== undefined) {
        row = {
          stored: { ...operation, key: idempotencyKey, body: BODY, firstSentAt, account, outcome },
          error,
        };
      }
    }
    // A key that nobody has stored is lost with its process.
    if (row === undefined) break;
  }
  ledger.pass(HOUR);
  for (const [key, payouts] of ledger.payouts)
    if (payouts.length > 1) problems.push(`paid ${payouts.length} times with ${key}`);
  for (const [key, bodies] of ledger.bodies)
    if (bodies.size > 1) problems.push(`sent ${bodies.size} bodies with ${key}`);
  return problems;
}

async function send(
  dots: Dots,
  method: Call["method"],
  options: KeyedCallOptions,
): Promise<Sent & { readonly id: string }> {
  if (method === "http") {
    const { headers = {}, signal = null, ...others } = options;
    const { data, ...sent } = await dots.http.POST("/v2/payouts/send-payout", {
      body: BODY,
      headers,
      signal,
      ...others,
    });
    return { ...sent, id: data?.id ?? "" };
  }
  const call =
    method === "payouts.send" ? dots.payouts.send(BODY, options) : dots.payoutLinks.create(BODY, options);
  const { data, ...sent } = await call.withResponse();
  return { ...sent, id: data.id };
}

describe("calls with one key, by several processes over several days", () => {
  it("never pay twice, and never deny a payout that was made", async () => {
    const seed = Number(process.env["DOTS_TEST_SEED"] ?? Date.now() % 2 ** 31);
    console.log(`seed ${seed}; DOTS_TEST_SEED=${seed} runs the same again`);
    vi.useFakeTimers({ toFake: ["Date"] });
    await fc.assert(
      fc.asyncProperty(
        fc.array(calls, { minLength: 1, maxLength: 6 }),
        fc.boolean(),
        async (sequence, ownKey) => {
          expect(await play(sequence, ownKey)).toEqual([]);
        },
      ),
      { seed, numRuns: inject("keySequences") },
    );
  });
});
