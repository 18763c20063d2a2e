import { createServer, type Server } from "node:http";
import { type AddressInfo, connect, createServer as createSocketServer, type Socket } from "node:net";
import * as zlib from "node:zlib";
import {
  Agent,
  type Dispatcher,
  getGlobalDispatcher,
  interceptors,
  MockAgent,
  ProxyAgent,
  RetryAgent,
  setGlobalDispatcher,
} from "undici";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import type { ClientOptions, Dots, DotsOptions } from "../../src/index.ts";
import { undiciFetch } from "../../src/undici/index.ts";
import { client, failure, LINK, PAYEE } from "../client.ts";
import { TRANSPORTS } from "../faults/transports.ts";
import { openLedger } from "../ledger.ts";
import { json, serve } from "../server.ts";

const BODY = { amount: 1000, payee: PAYEE };
const ownFetch = globalThis.fetch;

type Fetch = NonNullable<ClientOptions["fetch"]>;

afterEach(() => {
  globalThis.fetch = ownFetch;
  vi.restoreAllMocks();
});

/** Has Node's own fetch send by a dispatcher, until the test ends. */
function replaceDispatcher(dispatcher: Dispatcher): void {
  const before = getGlobalDispatcher();
  setGlobalDispatcher(dispatcher);
  onTestFinished(() => setGlobalDispatcher(before));
}

async function listen(server: Server | ReturnType<typeof createSocketServer>): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A URL where nobody listens. */
async function closedUrl(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

const calls: readonly (readonly [string, (dots: Dots) => PromiseLike<unknown>])[] = [
  ["with a key", (dots) => dots.payouts.send(BODY)],
  ["without a key", (dots) => dots.payoutRequests.create(BODY)],
];

describe.each(calls)("a refused connection, %s", (_, call) => {
  it.each([
    ["the runtime's fetch", {}],
    ["the runtime's fetch, given by name", { fetch: ownFetch }],
    ["undiciFetch", { fetch: undiciFetch() }],
  ])("is known to have sent nothing: %s", async (_, options) => {
    const error = await failure(call(client(await closedUrl(), options)));
    expect(error).toMatchObject({ name: "ConnectionError", outcome: "not_sent", attempts: 3 });
  });
});

describe.each(calls)("a refused connection of something else, %s", (_, call) => {
  /** Tells a collector of each answer, which is down. */
  const audit: Fetch = async (url, init) => {
    const response = await ownFetch(url, init);
    await ownFetch("http://127.0.0.1:9", { method: "POST" });
    return response;
  };

  it("says nothing about the request: a fetch that was given", async () => {
    const { url, payouts } = await openLedger();
    expect(await failure(call(client(url, { fetch: audit })))).toMatchObject({ outcome: "unknown" });
    expect(payouts).toHaveLength(1);
  });

  it("says nothing about the request: a fetch that replaces the global one", async () => {
    const { url, payouts } = await openLedger();
    const dots = client(url);
    globalThis.fetch = (input, init) => audit(String(input), init ?? {});
    expect(await failure(call(dots))).toMatchObject({ outcome: "unknown" });
    globalThis.fetch = new Proxy(ownFetch, { apply: (_fetch, _this, [input, init]) => audit(input, init) });
    expect(await failure(call(dots))).toMatchObject({ outcome: "unknown" });
    expect(payouts.length).toBeLessThanOrEqual(2);
  });
});

describe.each(calls)("a transport that retries by itself, %s", (_, call) => {
  /** Carries out one request, loses its answer, and is gone. */
  async function vanishing(): Promise<{ url: string; requests: () => number }> {
    let requests = 0;
    const server = createServer((request) => {
      requests += 1;
      server.close();
      request.socket.resetAndDestroy();
    });
    return { url: await listen(server), requests: () => requests };
  }

  const again = { methods: ["POST" as const], maxRetries: 2, minTimeout: 5, timeoutFactor: 1 };
  const retry: Fetch = async (url, init) => {
    try {
      return await ownFetch(url, init);
    } catch {
      return ownFetch(url, init);
    }
  };

  it.each<[string, () => Partial<DotsOptions>]>([
    ["a fetch that was given", () => ({ fetch: retry })],
    ["undiciFetch with a RetryAgent", () => ({ fetch: undiciFetch(new RetryAgent(new Agent(), again)) })],
    [
      "undiciFetch with an interceptor",
      () => ({ fetch: undiciFetch(new Agent().compose(interceptors.retry(again))) }),
    ],
    [
      "a global RetryAgent",
      () => {
        replaceDispatcher(new RetryAgent(new Agent(), again));
        return {};
      },
    ],
    [
      "a global interceptor",
      () => {
        replaceDispatcher(new Agent().compose(interceptors.retry(again)));
        return {};
      },
    ],
  ])("is not believed that nothing was sent: %s", async (_, options) => {
    const { url, requests } = await vanishing();
    const error = await failure(call(client(url, { ...options(), maxRetries: 0 })));
    expect(error).toMatchObject({ name: "ConnectionError", outcome: "unknown", attempts: 1 });
    expect(requests()).toBe(1);
  });
});

describe("a request that waits for a connection", () => {
  it("was not sent when its time is over, and is not sent later", async () => {
    let answerFirst = (): void => {};
    const { url, seen } = await serve(
      (request, response) => {
        answerFirst = () => json(201, LINK)(request, response);
      },
      json(201, LINK),
    );
    const agent = new Agent({ connections: 1 });
    onTestFinished(() => agent.close());
    const dots = client(url, { fetch: undiciFetch(agent), maxRetries: 0 });
    const first = dots.payoutRequests.create(BODY);
    await vi.waitFor(() => expect(seen).toHaveLength(1));

    const controller = new AbortController();
    const waiting = [
      failure(dots.payoutRequests.create(BODY, { timeout: 20 })),
      failure(dots.payouts.send(BODY, { deadline: 20 })),
      failure(dots.payoutRequests.create(BODY, { signal: controller.signal })),
    ];
    const [timeout, deadline] = await Promise.all(waiting.slice(0, 2));
    controller.abort();
    const aborted = await waiting[2];
    expect([timeout, deadline, aborted].map((error) => [error?.name, error?.outcome])).toEqual([
      ["TimeoutError", "not_sent"],
      ["DeadlineError", "not_sent"],
      ["AbortError", "not_sent"],
    ]);
    answerFirst();
    await first;
    await dots.payoutRequests.create({ ...BODY, amount: 2 });
    expect(seen.map(({ body }) => JSON.parse(body).amount)).toEqual([1000, 2]);
  });

  it("was sent, as far as anybody knows, once a byte was written", async () => {
    const { url } = await serve(() => {});
    const error = await failure(
      client(url, { fetch: undiciFetch() }).payoutRequests.create(BODY, { timeout: 50 }),
    );
    expect(error).toMatchObject({ name: "TimeoutError", outcome: "unknown", attempts: 1 });
  });
});

describe("a proxy", () => {
  /** Answers the request for a tunnel. */
  async function proxy(answer: (socket: Socket) => void): Promise<string> {
    return listen(
      createSocketServer((socket) => void socket.on("error", () => {}).once("data", () => answer(socket))),
    );
  }

  const transports: readonly (readonly [string, (proxy: string) => Partial<DotsOptions>])[] = [
    ["undiciFetch", (url) => ({ fetch: undiciFetch(new ProxyAgent(url)) })],
    [
      "the runtime's fetch",
      (url) => {
        replaceDispatcher(new ProxyAgent(url));
        return {};
      },
    ],
  ];

  it.each(transports)("that refuses the tunnel has sent nothing: %s", async (_, options) => {
    let asked = 0;
    const url = await proxy((socket) => {
      asked += 1;
      socket.end("HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n");
    });
    const dots = client("https://api.example.com", options(url));
    expect(await failure(dots.payoutRequests.create(BODY))).toMatchObject({
      name: "ConnectionError",
      outcome: "not_sent",
      attempts: 3,
    });
    expect(asked).toBe(3);
  });

  it.each(transports)("that is not there has sent nothing: %s", async (_, options) => {
    const dots = client("https://api.example.com", { ...options(await closedUrl()), maxRetries: 0 });
    expect(await failure(dots.payoutRequests.create(BODY))).toMatchObject({ outcome: "not_sent" });
  });

  it("passes on what the server answers", async () => {
    const { url, payouts } = await openLedger();
    const tunnel = createServer().on("connect", (request, socket) => {
      const [host = "", port = ""] = (request.url ?? "").split(":");
      const upstream = connect(Number(port), host, () => {
        socket.write("HTTP/1.1 200 OK\r\n\r\n");
        upstream.pipe(socket);
        socket.pipe(upstream);
      });
    });
    const agent = new ProxyAgent({ uri: await listen(tunnel), proxyTunnel: true });
    onTestFinished(() => agent.destroy());
    await client(url, { fetch: undiciFetch(agent) }).payouts.send(BODY);
    expect(payouts).toHaveLength(1);
  });
});

describe("a redirect", () => {
  it.each<[string, (dispatcher: Dispatcher) => Partial<DotsOptions>]>([
    ["undiciFetch with a dispatcher", (dispatcher) => ({ fetch: undiciFetch(dispatcher) })],
    [
      "undiciFetch with the global dispatcher",
      (dispatcher) => {
        replaceDispatcher(dispatcher);
        return { fetch: undiciFetch() };
      },
    ],
    [
      "the runtime's fetch with the global dispatcher",
      (dispatcher) => {
        replaceDispatcher(dispatcher);
        return {};
      },
    ],
  ])("is not followed, even by undici's interceptor: %s", async (_, options) => {
    const other = await openLedger();
    const { url } = await serve(json(307, {}, { location: `${other.url}/v2/payouts/send-payout` }));
    const dispatcher = new Agent().compose(interceptors.redirect({ maxRedirections: 3 }));
    const error = await failure(client(url, options(dispatcher)).payouts.send(BODY));
    expect(error).toMatchObject({ name: "ApiError", outcome: "unknown", status: 307 });
    expect(other.bodies).toEqual([]);
  });
});

describe.each(Object.entries(TRANSPORTS))("an answer by %s", (_, options) => {
  const text = JSON.stringify({ ...LINK, memo: "é" });

  it.each<[string, (text: string) => Buffer]>([
    ["identity", Buffer.from],
    ["gzip", zlib.gzipSync],
    ["x-gzip", zlib.gzipSync],
    ["deflate", zlib.deflateSync],
    ["br", zlib.brotliCompressSync],
    ["zstd", zlib.zstdCompressSync],
    ["gzip, br", (plain) => zlib.brotliCompressSync(zlib.gzipSync(plain))],
  ])("may be compressed: %s", async (encoding, compress) => {
    const { url } = await serve((_, response) => {
      response.writeHead(201, { "content-encoding": encoding }).end(compress(text));
    });
    expect(await client(url, options).payouts.send(BODY)).toMatchObject({ id: LINK.id, memo: "é" });
  });

  it.each<[string, Record<string, string>, Buffer]>([
    ["is cut off", { "content-encoding": "gzip" }, zlib.gzipSync(text).subarray(0, 50)],
    ["is not what it says", { "content-encoding": "gzip" }, Buffer.from(text)],
    ["has an encoding that nobody knows", { "content-encoding": "compress" }, Buffer.from("\x1f\x9d")],
  ])("is unreadable when it %s", async (_, headers, body) => {
    const { url } = await serve((_request, response) => void response.writeHead(201, headers).end(body));
    const error = await failure(client(url, { ...options, maxRetries: 0 }).payouts.send(BODY));
    expect(error).toMatchObject({ outcome: "unknown", status: 201 });
    expect(error.name).toBe("UnreadableAnswerError");
  });

  it.each([600, 999])("is no success with an invalid status: %i", async (status) => {
    const { url } = await serve((_, response) => void response.writeHead(status).end(text));
    const error = await failure(client(url, { ...options, maxRetries: 0 }).payouts.send(BODY));
    expect(error.outcome).toBe("unknown");
    expect(error.name).not.toBe("TimeoutError");
  });

  it("may come after invalid ones", async () => {
    const url = await listen(
      createSocketServer((socket) => {
        socket
          .on("error", () => {})
          .once("data", () => {
            socket.write("HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n");
            socket.end(`HTTP/1.1 201 Created\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
          });
      }),
    );
    expect(await client(url, options).payouts.send(BODY)).toMatchObject({ id: LINK.id });
  });
});

describe("Node's fetch", () => {
  const body = { ...BODY, memo: "é" };

  it("is told how long the body is", async () => {
    const { url, seen } = await serve(json(201, LINK));
    await client(url).payouts.send(body);
    expect(seen[0]?.headers).not.toHaveProperty("transfer-encoding");
    expect(seen[0]?.headers["content-length"]).toBe(`${Buffer.byteLength(seen[0]?.body ?? "")}`);
    expect(JSON.parse(seen[0]?.body ?? "")).toMatchObject(body);
  });

  it.each(calls)("does not send a body again after a 421, %s", async (_, call) => {
    const { url, seen } = await serve(json(421, {}), json(201, LINK));
    expect(await failure(call(client(url)))).toMatchObject({ outcome: "rejected", status: 421, attempts: 1 });
    expect(seen).toHaveLength(1);
  });

  it.each<[string, (dots: Dots) => PromiseLike<unknown>]>([
    ["POST", (dots) => dots.payoutLinks.redeliver(LINK.id)],
    ["DELETE", (dots) => dots.payoutLinks.cancel(LINK.id)],
  ])("does not send a %s without a body again after a 421", async (_, call) => {
    const { url, seen } = await serve(json(421, {}), json(403, {}));
    const error = await failure(call(client(url, { maxRetries: 0 })));
    expect(error).toMatchObject({ outcome: "rejected", status: 421, attempts: 1 });
    expect(seen).toHaveLength(1);
    expect(seen[0]?.body).toBe("");
    expect(seen[0]?.headers).not.toHaveProperty("transfer-encoding");
    expect(seen[0]?.headers["content-length"] ?? "0").toBe("0");
  });

  it.each([
    ["none", undefined],
    ["those of a polyfill", class {}],
  ])(
    "is not called where it cannot work, because the global streams are not its own: %s",
    async (_, made) => {
      vi.stubGlobal("ReadableStream", made);
      onTestFinished(() => void vi.unstubAllGlobals());
      const { url, seen } = await serve(json(201, LINK));
      const error = await failure(client(url).payouts.send(body));
      expect(error).toMatchObject({ name: "ConnectionError", outcome: "not_sent" });
      expect(error.message).toContain("the global ReadableStream is not the runtime's");
      expect(seen).toEqual([]);
    },
  );

  it("takes streams that are derived from its own", async () => {
    const traced = new Proxy(ReadableStream, { construct: Reflect.construct });
    vi.stubGlobal("ReadableStream", traced);
    onTestFinished(() => void vi.unstubAllGlobals());
    const { url } = await serve(json(201, LINK));
    expect(await client(url).payouts.send(body)).toEqual(LINK);
  });

  it("needs no other credentials after a 401 that asks for them", async () => {
    const { url, seen } = await serve(json(401, {}, { "www-authenticate": 'Basic realm="dots"' }));
    const error = await failure(client(url).payouts.send(body));
    expect(error).toMatchObject({ name: "UnauthorizedError", outcome: "rejected", attempts: 1 });
    expect(seen).toHaveLength(1);
  });

  it("gets a text again once its dispatcher is replaced, as mocks do", async () => {
    const { url } = await serve(json(201, LINK));
    const dots = client(url);
    await dots.payouts.send(body);
    const agent = new MockAgent();
    agent.disableNetConnect();
    agent
      .get(url)
      .intercept({ method: "POST", path: /./, body: (text) => JSON.parse(text).memo === body.memo })
      .reply(201, LINK);
    replaceDispatcher(agent);
    expect(await dots.payouts.send(body)).toEqual(LINK);
  });
});

describe("a fetch that is a stub", () => {
  const text = JSON.stringify(LINK);

  it.each<[string, object]>([
    ["with json() alone", { ok: true, status: 201, json: async () => LINK }],
    ["with text() alone", { ok: true, status: 201, text: async () => text }],
  ])("gives an answer: %s", async (_, response) => {
    const fetch = vi.fn().mockResolvedValue(response);
    const dots = client("https://api.example.com", { fetch });
    expect(await dots.payouts.send(BODY)).toEqual(LINK);
    expect((await dots.http.POST("/v2/payouts/send-payout", { body: BODY })).data).toEqual(LINK);
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  it("gives a refusal", async () => {
    const fetch = vi
      .fn()
      .mockResolvedValue({ ok: false, status: 400, json: async () => ({ message: "No." }) });
    for (const [fetchSendsOnce, outcome] of [
      [true, "rejected"],
      [false, "unknown"],
    ] as const) {
      const dots = client("https://api.example.com", { fetch, fetchSendsOnce });
      const error = await failure(dots.payouts.send(BODY));
      expect(error).toMatchObject({ name: "BadRequestError", outcome, body: { message: "No." } });
      expect(error.message.includes("a fetch that may have sent it twice (fetchSendsOnce)")).toBe(
        !fetchSendsOnce,
      );
    }
  });
});

describe("the option cache", () => {
  it("is left out where the runtime throws on it", async () => {
    vi.resetModules();
    const OwnRequest = globalThis.Request;
    onTestFinished(() => {
      globalThis.Request = OwnRequest;
      vi.resetModules();
    });
    globalThis.Request = class extends OwnRequest {
      constructor(input: string, init?: RequestInit) {
        if (init && "cache" in init) throw new Error("The 'cache' field is not implemented.");
        super(input, init);
      }
    };
    const { Dots } = await import("../../src/index.ts");
    const fetch = vi.fn(async (_url: string, _init: RequestInit) => Response.json(LINK));
    await new Dots({ baseUrl: "https://api.example.com", clientId: "id", apiKey: "key", fetch }).payouts.send(
      BODY,
    );
    expect(fetch.mock.lastCall?.[1]).not.toHaveProperty("cache");
  });
});
