import { afterEach, describe, expect, it, vi } from "vitest";
import { API, BODY, expectPayout, MADE, PATH, sandbox } from "./payout.ts";

const ownFetch = globalThis.fetch;
afterEach(() => {
  vi.restoreAllMocks();
  globalThis.fetch = ownFetch;
});

const seen: Request[] = [];

/** What would reach the network. */
async function network(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  seen.push(new Request(input, init));
  return Response.json(MADE, { status: 201 });
}

type Wrapper = (url: string, init: RequestInit) => Promise<Response>;

/** Wrappers as tracing tools and programs have them. */
const WRAPPERS: readonly (readonly [string, Wrapper])[] = [
  [
    "adds to init.headers",
    (url, init) => network(url, { ...init, headers: { ...init.headers, traceparent: "00-1" } }),
  ],
  [
    "makes Headers of init.headers",
    (url, init) => {
      const headers = new Headers(init.headers);
      headers.set("traceparent", "00-1");
      return network(url, { ...init, headers });
    },
  ],
  [
    "makes a Request and passes that on",
    (url, init) => {
      const request = new Request(url, init);
      request.headers.set("traceparent", "00-1");
      return network(request);
    },
  ],
  ["makes a URL", (url, init) => network(new URL(url), init)],
  [
    "calls url.startsWith",
    async (url, init) => (url.startsWith(API) ? network(url, init) : Response.error()),
  ],
  [
    "compares url and init.method",
    async (url, init) =>
      url === API + PATH && init.method === "POST" ? network(url, init) : new Response("{}", { status: 404 }),
  ],
];

describe.each(WRAPPERS)("a fetch that %s", (_, wrapper) => {
  it.each([
    ["in place of the global one", true],
    ["as an option", false],
  ])("%s sends the whole request", async (_place, isGlobal) => {
    if (isGlobal) Object.assign(globalThis, { fetch: wrapper });
    const dots = sandbox(isGlobal ? {} : { fetch: wrapper });
    const calls = [
      () => dots.payouts.send(BODY),
      async () => (await dots.http.POST(PATH, { body: BODY })).data,
    ];
    for (const call of calls) {
      seen.length = 0;
      expect(await call()).toEqual(MADE);
      const [request] = seen;
      expect(seen).toHaveLength(1);
      expect([request?.method, request?.url]).toEqual(["POST", API + PATH]);
      expect(request?.headers.get("authorization")).toBe(`Basic ${btoa("id:key")}`);
      expect(request?.headers.get("content-type")).toBe("application/json");
      expectPayout(await request?.text());
    }
  });
});

describe("a stub of fetch", () => {
  it.each([
    ["{ ok, status, json }", { ok: true, status: 201, json: async () => MADE }],
    ["{ ok, status, text }", { ok: true, status: 201, text: async () => JSON.stringify(MADE) }],
  ])("gives an answer: %s", async (_, response) => {
    Object.assign(globalThis, { fetch: async () => response });
    expect(await sandbox().payouts.send(BODY)).toEqual(MADE);
  });

  it("that gives the same response twice fails the second call, whose outcome stays open", async () => {
    const response = Response.json(MADE, { status: 201 });
    Object.assign(globalThis, { fetch: async () => response });
    expect(await sandbox().payouts.send(BODY)).toEqual(MADE);
    await expect(sandbox().payouts.send(BODY)).rejects.toMatchObject({ outcome: "unknown" });
  });

  it("that is a spy sees the url and the options", async () => {
    const spy = vi.spyOn(globalThis, "fetch").mockImplementation(async () => Response.json(MADE));
    await sandbox().payouts.send(BODY);
    expect(spy).toHaveBeenCalledExactlyOnceWith(
      API + PATH,
      expect.objectContaining({ method: "POST", body: expect.stringContaining('"amount":1000') }),
    );
  });
});
