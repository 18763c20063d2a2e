import * as undici from "undici";
import { afterEach, describe, expect, it } from "vitest";
import { accountOf, Dots, type DotsError, type DotsOptions } from "../../src/index.ts";
import { undiciFetch } from "../../src/undici/index.ts";
import { client, failure, PAYEE } from "../client.ts";
import { type Fate, lost, openLedger, status } from "../ledger.ts";
import { json, serve } from "../server.ts";

const BODY = { amount: 1000, payee: PAYEE };
const own = globalThis.fetch;
const dispatcher = undici.getGlobalDispatcher();

afterEach(() => {
  globalThis.fetch = own;
  undici.setGlobalDispatcher(dispatcher);
});

/** Asks again by itself, as libraries do that retry. */
async function repeating(url: string, init: RequestInit): Promise<Response> {
  try {
    return await own(url, init);
  } catch {
    return own(url, init);
  }
}

/** Wrappers that repeat, and have words in their text that a runtime's own function has. */
const lazyFetch = () => ({ fetch: own });
const LOOKALIKES: readonly ((url: string, init: RequestInit) => Promise<Response>)[] = [
  async function fetch(url, init) {
    return lazyFetch()
      .fetch(url, init)
      .catch(() => lazyFetch().fetch(url, init));
  },
  async function fetch(url, init) {
    return own(url, init).catch((error: Error) => {
      error.stack = error.stack?.replaceAll("node:internal/deps/undici", "") ?? "";
      return own(url, init);
    });
  },
  async function fetch(url, init) {
    const text = "function fetch() { [native code] }";
    return own(url, init).catch(() => own(text && url, init));
  },
];

const retry = {
  methods: ["POST" as const],
  minTimeout: 1,
  maxRetries: 1,
  errorCodes: ["ECONNRESET", "UND_ERR_SOCKET"],
  statusCodes: [],
};

class Agent extends undici.Agent {
  override dispatch(...given: Parameters<undici.Agent["dispatch"]>): boolean {
    return super.dispatch(...given);
  }
}

type Setting = Pick<DotsOptions, "fetch" | "fetchSendsOnce">;

type Repeating = readonly [string, () => Setting];

const REPEATING: readonly Repeating[] = [
  ["a fetch of the caller's", () => ({ fetch: repeating })],
  [
    "a global fetch that was replaced",
    () => {
      Object.assign(globalThis, { fetch: repeating });
      return {};
    },
  ],
  [
    "a global fetch that is put back before it answers",
    () => {
      const fetch = async (url: string, init: RequestInit): Promise<Response> => {
        const response = await repeating(url, init);
        globalThis.fetch = own;
        return response;
      };
      Object.assign(globalThis, { fetch });
      return {};
    },
  ],
  ...LOOKALIKES.map(
    (fetch, index): Repeating => [`look-alike ${index + 1} of the runtime's fetch`, () => ({ fetch })],
  ),
];

/** What does not repeat these requests, as far as can be seen, and might. */
const DOUBTFUL: typeof REPEATING = [
  [
    "a RetryAgent for undiciFetch",
    () => ({ fetch: undiciFetch(new undici.RetryAgent(new undici.Agent(), retry)) }),
  ],
  [
    "an agent that is composed with interceptors",
    () => ({ fetch: undiciFetch(new undici.Agent().compose(undici.interceptors.retry(retry))) }),
  ],
  [
    "an agent whose factory makes what repeats",
    () => {
      const factory = (origin: string | URL, options: object): undici.Dispatcher =>
        new undici.Pool(origin, options).compose(undici.interceptors.retry(retry));
      return { fetch: undiciFetch(new undici.Agent({ factory })) };
    },
  ],
  [
    "a global dispatcher that repeats",
    () => {
      undici.setGlobalDispatcher(new undici.RetryAgent(new undici.Agent(), retry));
      return {};
    },
  ],
];

const ONCE: readonly (readonly [string, () => Setting])[] = [
  ["the runtime's own fetch", () => ({})],
  ["the runtime's own fetch, given", () => ({ fetch: own })],
  ["undiciFetch", () => ({ fetch: undiciFetch() })],
  ["undiciFetch with an agent", () => ({ fetch: undiciFetch(new undici.Agent()) })],
  [
    "a global dispatcher of undici's",
    () => {
      undici.setGlobalDispatcher(new undici.Agent());
      return {};
    },
  ],
  [
    "a fetch of which the caller says so",
    () => ({ fetch: (url, init) => own(url, init), fetchSendsOnce: true }),
  ],
];

const refusals: readonly (readonly [number, Fate])[] = [400, 401, 403, 404, 422, 429].map((code) => [
  code,
  status(code, false, { "retry-after": "1" }),
]);

async function refused(setting: Setting, fates: readonly Fate[]): Promise<[DotsError, number]> {
  const ledger = await openLedger();
  ledger.fates.push(...fates);
  const error = await failure(client(ledger.url, { ...setting, maxRetries: 0 }).payouts.send(BODY));
  return [error, ledger.payouts.length];
}

describe.each(REPEATING)("behind %s", (_, setting) => {
  it.each(refusals)(
    "%i after a payout whose answer was lost does not say that nothing was paid",
    async (code, fate) => {
      const [error, payouts] = await refused(setting(), [lost, fate]);
      expect(payouts).toBe(1);
      expect(error).toMatchObject({ status: code, outcome: "unknown" });
      expect(error.message).toContain("to a fetch that may have sent it twice (fetchSendsOnce)");
    },
  );
});

describe.each([...REPEATING, ...DOUBTFUL])("behind %s", (_, setting) => {
  it.each(refusals)("%i leaves open what was paid", async (code, fate) => {
    const [error] = await refused(setting(), [fate]);
    expect(error).toMatchObject({ status: code, outcome: "unknown" });
  });

  it("the account says so", () => {
    expect(accountOf(client("https://api.example.com", setting())).sendsOnce()).toBe(false);
  });

  it("a refusal leaves open what has no key, and is not repeated", async () => {
    const ledger = await openLedger();
    ledger.fates.push(status(429), status(429));
    const dots = client(ledger.url, setting());
    const error = await failure(dots.payoutRequests.create(BODY));
    expect(error).toMatchObject({ outcome: "unknown", attempts: 1 });
  });

  it("what only reads is rejected as ever", async () => {
    const { url } = await serve(json(404, {}));
    const error = await failure(client(url, setting()).payoutLinks.retrieve("x"));
    expect(error).toMatchObject({ name: "NotFoundError", outcome: "rejected" });
  });
});

describe.each(ONCE)("by %s", (_, setting) => {
  it.each(refusals)("%i says that nothing was carried out", async (code, fate) => {
    const [error] = await refused(setting(), [fate]);
    expect(error).toMatchObject({ status: code, outcome: "rejected" });
    expect(error.message).not.toContain("fetchSendsOnce");
  });
});

it("an account says whether its requests are sent once", () => {
  for (const [, setting] of ONCE) {
    expect(accountOf(client("https://api.example.com", setting())).sendsOnce()).toBe(true);
  }
});

describe("a global dispatcher that repeats, and is replaced before the answer", () => {
  it.each([
    ["fetch", () => ({})],
    ["undiciFetch", () => ({ fetch: undiciFetch() })],
  ])("makes no refusal of %s proof", async (_, setting) => {
    const { url } = await serve((request, response) => {
      undici.setGlobalDispatcher(dispatcher);
      json(429, {})(request, response);
    });
    undici.setGlobalDispatcher(new undici.Agent().compose(undici.interceptors.retry(retry)));
    const error = await failure(client(url, { ...setting(), maxRetries: 0 }).payouts.send(BODY));
    expect(error).toMatchObject({ status: 429, outcome: "unknown" });
  });
});

describe("an agent that is changed and put back", () => {
  it("is looked at again", async () => {
    const agent = new undici.Agent();
    undici.setGlobalDispatcher(agent);
    const { url, seen } = await serve(json(421, {}));
    const send = () => failure(client(url, { maxRetries: 0 }).payouts.send(BODY));
    agent.dispatch = (...given) => undici.Agent.prototype.dispatch.apply(agent, given);
    expect(await send()).toMatchObject({ outcome: "unknown" });
    Reflect.deleteProperty(agent, "dispatch");
    seen.length = 0;
    expect(await send()).toMatchObject({ outcome: "rejected" });
    expect(seen).toHaveLength(1);
  });
});

describe("a class that is called Agent", () => {
  it("is not trusted for its name", async () => {
    const [error] = await refused({ fetch: undiciFetch(new Agent()) }, [status(400)]);
    expect(error.outcome).toBe("unknown");
    undici.setGlobalDispatcher(new Agent());
    const dots = new Dots({ baseUrl: "http://127.0.0.1:9", clientId: "id", apiKey: "key", maxRetries: 0 });
    expect(await failure(dots.payouts.send(BODY))).toMatchObject({
      name: "ConnectionError",
      outcome: "unknown",
    });
  });
});
