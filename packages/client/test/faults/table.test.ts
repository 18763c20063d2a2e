import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { type CallOptions, Dots, type Outcome } from "../../src/index.ts";
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
import { type Operation, operations } from "./operations.ts";
import { TRANSPORTS } from "./transports.ts";
import { startUntrustedServer, type UntrustedServer } from "./untrusted-server.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Whether each operation meets each fault by each transport. */
    everySubject: boolean;
  }
}

/** How a call ends whose every attempt meets the same fault: what happened to the money, and in how many attempts. */
type Expected = readonly [outcome: Outcome | "success", attempts: number];

let server: FaultServer;
let untrusted: UntrustedServer;
beforeAll(async () => {
  server = await startFaultServer();
  untrusted = await startUntrustedServer();
});
afterAll(async () => {
  await server.close();
  await untrusted.close();
});

/** A way to move money, and what its requests are sent with. */
type Subject = Operation & { readonly transport: string };

const everySubject: readonly Subject[] = operations.flatMap((operation) =>
  Object.keys(TRANSPORTS).map((transport) => ({ ...operation, transport })),
);
/** Each transport, and an operation with and one without a key. */
const SAMPLED = ["sendPayout by fetch", "createPayoutRequest by fetch", "createPayoutLink by undici"];
const subjects = inject("everySubject")
  ? everySubject
  : everySubject.filter(({ name, transport }) => SAMPLED.includes(`${name} by ${transport}`));

function client(baseUrl: string, { transport }: Subject): Dots {
  return new Dots({
    baseUrl,
    clientId: "client",
    apiKey: "secret-key",
    retryDelay: 2,
    ...TRANSPORTS[transport],
  });
}

async function check(operation: Subject, fault: Fault, expected: Expected, options: CallOptions = {}) {
  const { id, call } = server.expect(Array(9).fill(fault));
  const ending = await settle(
    operation.call(client(server.url, operation), {
      headers: { "x-call": id },
      timeout: fault.stalls ? 200 : 20_000,
      ...options,
    }),
  );
  const { error } = "error" in ending ? ending : { error: undefined };
  expect(brokenPromises(ending, call)).toEqual([]);
  const [outcome, attempts] = expected;
  if (error === undefined) {
    expect(["success", call.bodies.length]).toEqual(expected);
  } else {
    expect(error).toMatchObject({ outcome, attempts, operation: operation.name });
    // An attempt that times out on a busy machine may never have been read.
    if (!fault.stalls) expect(call.bodies).toHaveLength(attempts);
  }
  return error;
}

describe.concurrent.each(subjects)("$name by $transport", (operation) => {
  const { keyed } = operation;

  it.each(broken)("meets $name", async (fault) => {
    await check(operation, fault, ["unknown", keyed ? 3 : 1]);
  });

  it.each(strange)("takes $name", async (fault) => {
    await check(operation, fault, ["success", 1]);
  });

  it.each(REFUSALS)("believes a refusal with %i, at once", async (code) => {
    const error = await check(operation, status(code, false), ["rejected", 1]);
    expect(error).toMatchObject({ status: code, body: { message: String(code) } });
  });

  it.each([409, 423, 425])(
    "takes a %i for a refusal only where no idempotency key may be in progress",
    async (code) => {
      await check(operation, status(code, false), [keyed ? "unknown" : "rejected", 1]);
      if (keyed) await check(operation, status(code, true), ["unknown", 1]);
    },
  );

  it("repeats what was refused for coming too often", async () => {
    await check(operation, status(429, false), ["rejected", 3]);
  });

  it.each([408, ...FAILURES].flatMap((code) => [status(code, false), status(code, true)]))(
    "meets $name",
    async (fault) => {
      await check(operation, fault, ["unknown", keyed ? 3 : 1]);
    },
  );

  it.each(
    [499, ...LASTING_FAILURES, ...REDIRECTS].flatMap((code) => [status(code, false), status(code, true)]),
  )("meets $name, at once", async (fault) => {
    await check(operation, fault, ["unknown", 1]);
  });

  it.each([
    { name: "a refused connection", url: refusedUrl },
    { name: "a name that does not resolve", url: async () => "https://dots.invalid" },
    { name: "a server that does not speak TLS", url: async () => server.url.replace("http:", "https:") },
  ])("knows that nothing was sent: $name", async ({ url }) => {
    const ending = await settle(operation.call(client(await url(), operation), {}));
    expect(ending).toMatchObject({ error: { name: "ConnectionError", outcome: "not_sent", attempts: 3 } });
  });

  it("never follows a redirect", async () => {
    let visits = 0;
    const other = createServer((_, response) => {
      visits += 1;
      response.writeHead(200, { "content-type": "application/json" }).end("{}");
    });
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const location = `http://127.0.0.1:${(other.address() as AddressInfo).port}/`;
    for (const code of REDIRECTS) await check(operation, status(code, true, { location }), ["unknown", 1]);
    other.close();
    expect(visits).toBe(0);
  });

  it("does not wait longer than it may", async () => {
    const fault = status(429, false, { "retry-after": "120" });
    const error = await check(operation, fault, ["rejected", 1]);
    expect(error).toMatchObject({ retryAfter: 120_000 });
  });

  it.each(["-1", "1.5", "soon", "", "1, 2", "0", "0x10", "Fri, 01 Jan 2021 00:00:00 GMT"])(
    "does not wait for a Retry-After of %j",
    async (value) => {
      await check(operation, status(429, false, { "retry-after": value }), ["rejected", 3]);
    },
  );
});

describe.each(subjects)("$name by $transport", (operation) => {
  it("sends nothing to a server whose certificate nobody trusts", async () => {
    const before = untrusted.connections();
    const ending = await settle(operation.call(client(untrusted.url, operation), {}));
    expect(ending).toMatchObject({ error: { name: "ConnectionError", outcome: "not_sent", attempts: 3 } });
    expect(untrusted.connections() - before).toBe(3);
    expect(untrusted.requests()).toBe(0);
  });
});

describe.concurrent.each(Object.keys(TRANSPORTS))("a call by %s", (transport) => {
  it("waits as long as it is asked to", async () => {
    const [operation] = operations;
    if (operation === undefined) throw new Error("there is no operation");
    const start = performance.now();
    await check({ ...operation, transport }, status(429, false, { "retry-after": "1" }), ["rejected", 2], {
      maxRetries: 1,
    });
    expect(performance.now() - start).toBeGreaterThanOrEqual(1_000);
  });
});

describe("a call of which an attempt may have been carried out", () => {
  it.each([400, 401, 404, 409, 422, 429])(
    "is not called rejected because a later one is, with %i",
    async (code) => {
      const [operation] = subjects;
      const lost = broken.find(({ name, carriesOut }) => name.startsWith("a reset connection") && carriesOut);
      if (operation === undefined || lost === undefined) throw new Error("there is no such fault");
      const { id, call } = server.expect([lost, ...Array(9).fill(status(code, false))]);
      const ending = await settle(
        operation.call(client(server.url, operation), { headers: { "x-call": id } }),
      );
      expect(brokenPromises(ending, call)).toEqual([]);
      expect(ending).toMatchObject({ error: { outcome: "unknown", status: code } });
    },
  );
});

async function refusedUrl(): Promise<string> {
  const closed = createServer();
  await new Promise<void>((resolve) => closed.listen(0, "127.0.0.1", resolve));
  const { port } = closed.address() as AddressInfo;
  await new Promise((resolve) => closed.close(resolve));
  return `http://127.0.0.1:${port}`;
}
