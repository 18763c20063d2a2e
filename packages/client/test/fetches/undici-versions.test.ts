import { createServer } from "node:http";
import { createRequire } from "node:module";
import { type AddressInfo, connect } from "node:net";
import * as undici8 from "undici";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { accountOf, type DotsOptions } from "../../src/index.ts";
import { client, failure, PAYEE } from "../client.ts";
import { type Fate, lost, openLedger, status } from "../ledger.ts";
import { serve } from "../server.ts";

const require = createRequire(import.meta.url);
/** What is used of these here is the same in each, but their types do not go together. */
const undici6: typeof undici8 = require("undici6");
const undici7: typeof undici8 = require("undici7");

const BODY = { amount: 1000, payee: PAYEE };
const GLOBALS = ["1", "2"].map((version) => Symbol.for(`undici.globalDispatcher.${version}`));
const before = GLOBALS.map((symbol): unknown => Reflect.get(globalThis, symbol));

afterEach(() => {
  for (const [index, symbol] of GLOBALS.entries()) Reflect.set(globalThis, symbol, before[index]);
  vi.doUnmock("undici");
});

const VERSIONS = { "undici 7": undici7, "undici 8": undici8 } as const;
type Version = keyof typeof VERSIONS;

/** `undiciFetch` as it is where a program has installed one version of undici. */
async function undiciFetchOn(version: Version): Promise<typeof import("../../src/undici/index.ts")> {
  vi.resetModules();
  vi.doMock("undici", () => VERSIONS[version]);
  return import("../../src/undici/index.ts");
}

const again = {
  methods: ["POST" as const, "DELETE" as const],
  minTimeout: 1,
  maxRetries: 1,
  statusCodes: [503],
  errorCodes: ["ECONNRESET", "UND_ERR_SOCKET"],
};

/** What a client can send by, with a dispatcher that the program has made global. */
const SENDERS: readonly (readonly [string, () => Promise<Pick<DotsOptions, "fetch">>])[] = [
  ["the runtime's fetch", async () => ({})],
  ["undiciFetch on undici 7", async () => ({ fetch: (await undiciFetchOn("undici 7")).undiciFetch() })],
  ["undiciFetch on undici 8", async () => ({ fetch: (await undiciFetchOn("undici 8")).undiciFetch() })],
];

describe.each(SENDERS)("%s, where undici 8 has set the global dispatcher", (_, sender) => {
  it.each([
    ["a RetryAgent", () => new undici8.RetryAgent(new undici8.Agent(), again)],
    ["an interceptor", () => new undici8.Agent().compose(undici8.interceptors.retry(again))],
  ])("does not take a refusal for proof behind %s", async (_name, dispatcher) => {
    const { url, fates, payouts } = await openLedger();
    const setting = await sender();
    undici8.setGlobalDispatcher(dispatcher());
    fates.push(lost, status(429));
    const error = await failure(client(url, { ...setting, maxRetries: 0 }).payouts.send(BODY));
    expect(error).toMatchObject({ outcome: "unknown", attempts: 1 });
    expect(payouts).toHaveLength(1);
  });

  it("does not take the refusal of a repeated cancellation for proof", async () => {
    const { url } = await serve(
      (_request, response) => response.socket?.resetAndDestroy(),
      (_request, response) => void response.writeHead(400).end('{"message":"canceled already"}'),
    );
    const setting = await sender();
    undici8.setGlobalDispatcher(new undici8.RetryAgent(new undici8.Agent(), again));
    const error = await failure(client(url, { ...setting, maxRetries: 0 }).payoutLinks.cancel("1"));
    expect(error.outcome).toBe("unknown");
  });

  it("takes a refusal for proof where that is a plain one", async () => {
    const { url, fates } = await openLedger();
    const setting = await sender();
    undici8.setGlobalDispatcher(new undici8.Agent());
    fates.push(status(429));
    const error = await failure(client(url, { ...setting, maxRetries: 0 }).payouts.send(BODY));
    expect(error).toMatchObject({ outcome: "rejected", status: 429 });
  });
});

/** A proxy that opens tunnels to this machine. */
async function openProxy(): Promise<string> {
  const proxy = createServer().on("connect", (request, socket) => {
    const upstream = connect(Number(request.url?.split(":")[1]), "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      upstream.pipe(socket);
      socket.pipe(upstream);
    });
    upstream.on("error", () => socket.destroy());
    socket.on("error", () => upstream.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    proxy.closeAllConnections();
    proxy.close();
  });
  return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
}

type Made = readonly [string, (proxy: string, api: string) => undici8.Dispatcher];

/** Dispatchers that send a request again if it is answered with 503. */
function repeatingOf({ Agent, Pool, ProxyAgent, EnvHttpProxyAgent, interceptors }: typeof undici8): Made[] {
  function defaultFactory(origin: string | URL, options: object): undici8.Dispatcher {
    return new Pool(origin, options).compose(interceptors.retry(again));
  }
  const factory = defaultFactory;
  return [
    ["an Agent, whose factory is named as undici's", () => new Agent({ factory })],
    ["a ProxyAgent", (uri) => new ProxyAgent({ uri, factory, proxyTunnel: true })],
    ["a ProxyAgent without a tunnel", (_, uri) => new ProxyAgent({ uri, factory, proxyTunnel: false })],
    ["an EnvHttpProxyAgent", (uri) => new EnvHttpProxyAgent({ ...environment(uri), factory })],
    [
      "an EnvHttpProxyAgent without a proxy",
      (uri) => new EnvHttpProxyAgent({ ...environment(uri), noProxy: "*", factory }),
    ],
  ];
}

/** Those that send each request once. */
function plainOf({ Agent, Client, Pool, ProxyAgent, EnvHttpProxyAgent }: typeof undici8): Made[] {
  return [
    ["an Agent", () => new Agent()],
    ["an Agent with one connection", () => new Agent({ connections: 1 })],
    ["a Pool", (_, api) => new Pool(api)],
    ["a Client", (_, api) => new Client(api)],
    ["a ProxyAgent", (uri) => new ProxyAgent({ uri, proxyTunnel: true })],
    ["a ProxyAgent without a tunnel", (_, uri) => new ProxyAgent({ uri, proxyTunnel: false })],
    ["an EnvHttpProxyAgent", (uri) => new EnvHttpProxyAgent(environment(uri))],
    [
      "an EnvHttpProxyAgent without a proxy",
      (uri) => new EnvHttpProxyAgent({ ...environment(uri), noProxy: "*" }),
    ],
  ];
}

function environment(uri: string): undici8.EnvHttpProxyAgent.Options {
  return { httpProxy: uri, httpsProxy: uri, noProxy: "", proxyTunnel: true };
}

describe.each([
  ["undici 7", undici7],
  ["undici 8", undici8],
] as const)("the dispatchers of %s", (version, undici) => {
  /** Has a client send by a dispatcher: it is paid, or not, and then refused. */
  async function refusedBy(make: Made[1], byFetch: boolean, ...fates: Fate[]) {
    const ledger = await openLedger();
    const dispatcher = make(await openProxy(), ledger.url);
    onTestFinished(() => dispatcher.destroy());
    ledger.fates.push(...fates);
    if (byFetch) undici.setGlobalDispatcher(dispatcher);
    const { undiciFetch } = await undiciFetchOn(version);
    const dots = client(ledger.url, { maxRetries: 0, ...(!byFetch && { fetch: undiciFetch(dispatcher) }) });
    return { error: await failure(dots.payouts.send(BODY)), ...ledger };
  }

  describe.each([
    ["undiciFetch", false],
    ["the runtime's fetch", true],
  ])("by %s", (_, byFetch) => {
    it.each(repeatingOf(undici))("are not believed if a factory may repeat: %s", async (_name, make) => {
      const { error, payouts } = await refusedBy(make, byFetch, status(503, true), status(429));
      expect(error).toMatchObject({ outcome: "unknown" });
      expect(payouts).toHaveLength(1);
    });

    it.each(plainOf(undici))("are believed as undici makes them: %s", async (_name, make) => {
      const { error, bodies } = await refusedBy(make, byFetch, status(429));
      expect(error).toMatchObject({ outcome: "rejected", status: 429 });
      expect(bodies).toHaveLength(1);
    });
  });

  it("are not believed in a wrapper, into which nobody can look", async () => {
    const wrapper = () => new undici8.Dispatcher1Wrapper(new undici.RetryAgent(new undici.Agent(), again));
    const { error } = await refusedBy(wrapper, false, status(400));
    expect(error.outcome).toBe("unknown");
  });
});

describe("undici 6, which Node 22 sends by", () => {
  const URL = "http://127.0.0.1:9";
  /** Hands each request on, and might do more. */
  const interceptor = (dispatch: undici8.Dispatcher["dispatch"]) => dispatch;
  const all = [interceptor];
  const options: object = { interceptors: { Agent: all, Pool: all, Client: all } };
  const forPools: object = { interceptors: { Pool: all } };
  const { Agent, Client, EnvHttpProxyAgent, Pool, ProxyAgent, RetryAgent } = undici6;

  it.each<[string, () => undici8.Dispatcher, boolean]>([
    ["an Agent", () => new Agent(), true],
    ["a Pool", () => new Pool(URL), true],
    ["a Client", () => new Client(URL), true],
    ["a ProxyAgent", () => new ProxyAgent(URL), true],
    ["an EnvHttpProxyAgent", () => new EnvHttpProxyAgent(), true],
    ["a RetryAgent", () => new RetryAgent(new Agent()), false],
    ["an Agent with interceptors", () => new Agent(options), false],
    ["an Agent whose pools have interceptors", () => new Agent(forPools), false],
    ["a Pool with interceptors", () => new Pool(URL, options), false],
    ["a Client with interceptors", () => new Client(URL, options), false],
    ["a ProxyAgent with interceptors", () => new ProxyAgent({ uri: URL, ...options }), false],
  ])("is believed as it makes its dispatchers: %s", (_, make, sendsOnce) => {
    undici6.setGlobalDispatcher(make());
    expect(accountOf(client("https://api.example.com")).sendsOnce()).toBe(sendsOnce);
  });
});
