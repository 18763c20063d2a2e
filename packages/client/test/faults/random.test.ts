import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { Dots } from "../../src/index.ts";
import { type FaultServer, startFaultServer } from "./fault-server.ts";
import {
  broken,
  FAILURES,
  type Fault,
  LASTING_FAILURES,
  REDIRECTS,
  REFUSALS,
  status,
  strange,
} from "./faults.ts";
import { brokenPromises, settle } from "./invariants.ts";
import { operations } from "./operations.ts";
import { TRANSPORTS } from "./transports.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** How many random calls are made. */
    randomCalls: number;
  }
}

const CALLS_PER_BATCH = 100;
const BATCHES = inject("randomCalls") / CALLS_PER_BATCH;

let server: FaultServer;
beforeAll(async () => {
  server = await startFaultServer();
});
afterAll(() => server.close());

const faults: readonly Fault[] = [
  ...broken,
  ...strange,
  ...[...REFUSALS, 429].map((code) => status(code, false)),
  ...[...FAILURES, ...LASTING_FAILURES, ...REDIRECTS, 408].flatMap((code) => [
    status(code, false),
    status(code, true),
    status(code, true, { "retry-after": "0" }),
  ]),
];

/** A call and its bad luck. Times are in milliseconds. */
const calls = fc.record(
  {
    operation: fc.constantFrom(...operations),
    transport: fc.constantFrom(...Object.keys(TRANSPORTS)),
    script: fc.array(fc.constantFrom(...faults), { maxLength: 5 }),
    maxRetries: fc.nat({ max: 5 }),
    abortAfter: fc.nat({ max: 120 }),
    deadline: fc.integer({ min: 1, max: 250 }),
  },
  { requiredKeys: ["operation", "transport", "script", "maxRetries"] },
);

describe("calls with bad luck", () => {
  it("never pay twice, and never deny a payout that was made", async () => {
    const seed = Number(process.env["DOTS_TEST_SEED"] ?? Date.now() % 2 ** 31);
    console.log(`seed ${seed}; DOTS_TEST_SEED=${seed} runs the same again`);
    const clients = new Map(
      Object.entries(TRANSPORTS).map(([name, transport]) => [
        name,
        new Dots({
          baseUrl: server.url,
          clientId: "client",
          apiKey: "secret-key",
          timeout: 60,
          retryDelay: 3,
          ...transport,
        }),
      ]),
    );
    let made = 0;

    await fc.assert(
      fc.asyncProperty(
        fc.array(calls, { minLength: CALLS_PER_BATCH, maxLength: CALLS_PER_BATCH }),
        async (batch) => {
          const problems = await Promise.all(
            batch.map(async ({ operation, transport, script, abortAfter, ...limits }) => {
              const dots = clients.get(transport);
              if (dots === undefined) throw new Error(`there is no client by ${transport}`);
              const { id, call } = server.expect(script);
              const signal = abortAfter === undefined ? null : AbortSignal.timeout(abortAfter);
              const ending = await settle(
                operation.call(dots, { headers: { "x-call": id }, signal, ...limits }),
              );
              made += 1;
              return brokenPromises(ending, call).map(
                (problem) =>
                  `${operation.name} by ${transport}: ${problem}, after ${script.map(({ name }) => name).join(", ")}`,
              );
            }),
          );
          expect(problems.flat()).toEqual([]);
        },
      ),
      // The problem names the call and its faults: there is nothing to gain from a smaller batch.
      { seed, numRuns: BATCHES, endOnFailure: true },
    );
    expect(made).toBe(BATCHES * CALLS_PER_BATCH);
  });
});
