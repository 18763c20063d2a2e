import { inspect } from "node:util";
import { afterEach, describe, expect, it, vi } from "vitest";
import { ConfigurationError, Dots } from "../../src/index.ts";
import { API_KEY, CLIENT_ID, client, failure, LINK, thrown } from "../client.ts";
import { json, serve } from "../server.ts";

const BODY = { amount: 1000 };
const ENCODED = Buffer.from(`${CLIENT_ID}:${API_KEY}`).toString("base64");

/** Everything that can be seen of a value: inspected, as JSON, as text, its stack and its causes. */
function everything(value: unknown): string {
  const hidden = value instanceof Error ? [value.stack, value.message, everything(value.cause)] : [];
  const options = { depth: 20, showHidden: true, getters: true, maxStringLength: null, maxArrayLength: null };
  return [inspect(value, options), JSON.stringify(value), String(value), ...hidden].join("\n");
}

function expectNoSecret(value: unknown): void {
  const text = everything(value);
  for (const secret of [
    API_KEY,
    ENCODED,
    JSON.stringify(API_KEY),
    encodeURIComponent(API_KEY),
    btoa(API_KEY),
  ]) {
    expect(text).not.toContain(secret);
  }
}

afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

describe("credentials", () => {
  it("come from the environment when they are not given", async () => {
    vi.stubEnv("DOTS_CLIENT_ID", "from");
    vi.stubEnv("DOTS_API_KEY", "environment");
    const { url, seen } = await serve(json(200, LINK));
    await new Dots({ baseUrl: url }).payoutLinks.create(BODY);
    expect(seen[0]?.headers.authorization).toBe(`Basic ${btoa("from:environment")}`);
  });

  it.each([
    ["DOTS_CLIENT_ID", "needed: clientId or DOTS_CLIENT_ID. "],
    ["DOTS_API_KEY", "needed: apiKey or DOTS_API_KEY. "],
  ])("have to be somewhere: %s", (missing, message) => {
    vi.stubEnv("DOTS_CLIENT_ID", "from");
    vi.stubEnv("DOTS_API_KEY", "environment");
    vi.stubEnv(missing, undefined);
    expect(() => new Dots({ environment: "sandbox" })).toThrow(message);
  });

  it("are asked for together with all else that is missing", () => {
    vi.stubEnv("DOTS_CLIENT_ID", "");
    vi.stubEnv("DOTS_API_KEY", undefined);
    // @ts-expect-error a server is needed
    expect(() => new Dots({})).toThrow(
      "needed: baseUrl or environment (production, sandbox); clientId or DOTS_CLIENT_ID; apiKey or DOTS_API_KEY. ",
    );
  });

  it("may be functions, which are asked before every attempt", async () => {
    const { url, seen } = await serve(json(503, {}), json(503, {}), json(200, LINK));
    let asked = 0;
    const apiKey = async (): Promise<string> => `key-${++asked}`;
    await client(url, { clientId: () => "id", apiKey }).payoutLinks.create(BODY);
    expect(seen.map(({ headers }) => headers.authorization)).toEqual(
      ["id:key-1", "id:key-2", "id:key-3"].map((pair) => `Basic ${btoa(pair)}`),
    );
  });

  it.each([
    ["a colon in the client ID", "a:b", "key", "clientId has a colon"],
    ["an empty client ID", "", "key", "clientId is empty, or has stray"],
    ["an empty API key", "id", "", "apiKey is empty, or has stray"],
    ["a line break after the API key", "id", "key\n", "apiKey is empty, or has stray white space"],
    ["a blank before the client ID", " id", "key", "clientId is empty, or has stray white space"],
    ["a control character", "id", "k\u0000y", "apiKey is empty, or has stray white space"],
  ])("are refused before anything is sent: %s", async (_, clientId, apiKey, message) => {
    const { url, seen } = await serve(json(200, LINK));
    const error = thrown(() => client(url, { clientId, apiKey }));
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error).toMatchObject({ outcome: "not_sent", message: expect.stringContaining(message) });

    const functions = { clientId: () => clientId, apiKey: async () => apiKey };
    const late = await failure(client(url, functions).payoutLinks.create(BODY));
    expect(late).toBeInstanceOf(ConfigurationError);
    expect(late).toMatchObject({ outcome: "not_sent", message: expect.stringContaining(message) });
    expect(seen).toEqual([]);
  });

  it("are no numbers, which JSON from a vault may have", async () => {
    // @ts-expect-error a text is needed
    expect(() => client("https://api.example.com", { apiKey: 12345678 })).toThrow("apiKey is empty, or has");
  });

  it("cannot be replaced by a header", async () => {
    const { url, seen } = await serve(json(200, LINK));
    const headers = { Authorization: "Bearer other", "X-Trace": "1" };
    await client(url, { headers }).payoutLinks.create(BODY, { headers: { AUTHORIZATION: "Basic other" } });
    expect(seen[0]?.headers).toMatchObject({ authorization: `Basic ${ENCODED}`, "x-trace": "1" });
  });
});

describe("the secrets", () => {
  it("are in no error, whatever the server or a function of the caller says", async () => {
    const echo = { message: `bad header Basic ${ENCODED}`, key: API_KEY };
    const { url } = await serve(json(400, echo), json(401, echo), json(500, echo), json(500, echo));
    const dots = client(url, { maxRetries: 1 });
    for (let call = 0; call < 3; call++) expectNoSecret(await failure(dots.payoutLinks.create(BODY)));
    const fetch = async (_: string, init: RequestInit): Promise<never> => {
      throw Object.assign(new TypeError(`cannot send ${JSON.stringify(init.headers)}`), {
        init,
        cause: new Error(`it was ${API_KEY}`),
      });
    };
    expectNoSecret(await failure(client(url, { fetch }).payoutLinks.create(BODY)));
    expectNoSecret(await failure(client(url, { fetch }).http.POST("/v2/payout-links", { body: BODY })));
    const onRequest = (): never => {
      throw new Error(`${API_KEY} and ${ENCODED}`);
    };
    expectNoSecret(await failure(client(url, { onRequest }).payoutLinks.create(BODY)));
  });

  it("are in no error where the server writes them as JSON does", async () => {
    const apiKey = 'sk-4f9a\\secret"key';
    const written = JSON.stringify(apiKey).slice(1, -1);
    const { url } = await serve(json(400, { key: apiKey }));
    const error = await failure(client(url, { apiKey }).payoutLinks.create(BODY));
    expect(error.message).toContain('{"key":"***"}');
    expect(everything(error)).not.toContain(written);
    expect(everything(error)).not.toContain(apiKey);
  });

  it.each<[string, (key: string) => string]>([
    ["JSON that escapes slashes", (key) => JSON.stringify(key).replaceAll("/", "\\/")],
    [
      "JSON in ASCII",
      (key) =>
        key.replace(
          /[^a-z]/g,
          (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0").toUpperCase()}`,
        ),
    ],
    ["JSON within JSON", (key) => JSON.stringify(JSON.stringify(JSON.stringify(key)))],
    ["a URL", encodeURIComponent],
    ["a URL in small letters", (key) => encodeURIComponent(key).replace(/%../g, (one) => one.toLowerCase())],
    ["a form", (key) => new URLSearchParams({ key }).toString().slice(4)],
    ["a URL in which everything is encoded", (key) => Buffer.from(key).toString("hex").replace(/../g, "%$&")],
    ["base64", (key) => Buffer.from(key).toString("base64")],
    ["base64 for URLs", (key) => Buffer.from(key).toString("base64url")],
    ["base64 of both", (key) => Buffer.from(`client-0123:${key}`).toString("base64url")],
  ])("are in no error as %s", async (_, write) => {
    const apiKey = 'sk_?>/\u00e4\\"\u{1f511}~+! secret';
    const text = `{"error": ${write(apiKey)} client-0123 }`;
    const { url } = await serve((_, response) =>
      response.writeHead(401, { "x-request-id": "r client-0123" }).end(text),
    );
    const error = await failure(client(url, { clientId: "client-0123", apiKey }).payoutLinks.create(BODY));
    expect(error.message).toMatch(/401, \{"error": ["\\]*\*{3}["\\=]* \*{3} \}\. /);
    expect(error.requestId).toBe("r ***");
    expect(everything(error)).not.toContain("client-0123");
    expect(everything(error)).not.toContain("secret");
  });

  it("are looked for in a time that does not grow with the square of the text", async () => {
    const { url } = await serve(json(400, { message: "\\".repeat(500_000) }));
    const start = performance.now();
    await failure(client(url, { clientId: "client-0123", apiKey: "sk-secret" }).payoutLinks.create(BODY));
    // With the square of it, it was hours.
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  it("are in no error for a header that cannot be sent", () => {
    const headers = { "x-trace": "a\nsk-secret" };
    const error = thrown(() => client("https://api.example.com", { headers }));
    expect(error).toMatchObject({ message: expect.stringContaining("the header x-trace cannot be sent. ") });
    expect(everything(error)).not.toContain("sk-secret");
    // @ts-expect-error an object with names and values is needed
    expect(() => client("https://api.example.com", { headers: new Headers() })).toThrow("not a plain object");
  });

  it("are not taken for a word of a message, where they are hardly longer than one", async () => {
    const { url } = await serve(json(400, { message: "the key is not a key" }));
    const error = await failure(client(url, { apiKey: "key" }).payoutLinks.create(BODY));
    expect(error.message).toContain("the key is not a key");
  });

  it("are looked for from the length on that real ones have", async () => {
    const { url } = await serve(json(400, { message: "12345 abcdef 1234567 abcdefgh" }));
    const said = async (clientId: string, apiKey: string): Promise<string> =>
      (await failure(client(url, { clientId, apiKey }).payoutLinks.create(BODY))).message;
    expect(await said("1234567", "12345")).toContain("12345 abcdef 1234567 abcdefgh");
    expect(await said("abcdefgh", "abcdef")).toContain("12345 *** 1234567 ***");
  });

  it("are in no hook's argument, and not in the client", async () => {
    const { url } = await serve(json(503, { message: ENCODED }), json(200, LINK));
    const told: unknown[] = [];
    const tell = (event: unknown): void => void told.push(event);
    const dots = client(url, { onRequest: tell, onResponse: tell, onRetry: tell });
    const result = await dots.payoutLinks.create(BODY).withResponse();
    expect(told).toHaveLength(5);
    for (const value of [...told, dots, dots.http, dots.payoutLinks, result]) expectNoSecret(value);
  });
});

describe("where credentials are sent", () => {
  it.each([
    "https://api.example.com",
    "https://api.example.com/base/",
    "http://localhost:4010",
    "http://dots.localhost",
    "http://127.0.0.1:4010",
    "http://127.1.2.3",
    "http://[::1]:4010",
  ])("%s is fine", (baseUrl) => {
    expect(() => client(baseUrl)).not.toThrow();
  });

  it.each([
    ["http://api.example.com", /not https/],
    ["http://localhost.example.com", /not https/],
    ["http://127.0.0.1.example.com", /not https/],
    ["http://10.0.0.1", /not https/],
    ["ftp://localhost", /not https/],
    ["https://user:secret@api.example.com", /user/],
    ["https://api.example.com/?key=1", /query/],
    ["https://api.example.com/#top", /fragment/],
    ["api.example.com", /^baseUrl is not https/],
    ["", /baseUrl or environment/],
  ])("%s is refused", (baseUrl, message) => {
    const error = thrown(() => client(baseUrl));
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error).toMatchObject({ outcome: "not_sent", message: expect.stringMatching(message) });
    expect(everything(error)).not.toContain("secret@");
  });

  it("can be another machine without encryption, by name", () => {
    expect(() => client("http://10.0.0.1", { dangerouslyAllowHttp: true })).not.toThrow();
    expect(() => client("ftp://10.0.0.1", { dangerouslyAllowHttp: true })).toThrow(/not https/);
  });

  it.each(["document", "importScripts"])("is not a browser, unless allowed by name: %s", (name) => {
    vi.stubGlobal(name, {});
    expect(() => client("https://api.example.com")).toThrow(/dangerouslyAllowBrowser/);
    expect(() => client("https://api.example.com", { dangerouslyAllowBrowser: true })).not.toThrow();
  });

  it.each(["constructor", "toString", "__proto__"])(
    "is no property that every object has: %s",
    (environment) => {
      // @ts-expect-error an environment that there is not
      expect(() => new Dots({ environment, clientId: "id", apiKey: "key" })).toThrow(
        "baseUrl or environment",
      );
    },
  );

  it("is the server of the environment, or the base URL above it", async () => {
    const urls: string[] = [];
    const fetch = async (url: string): Promise<Response> => {
      urls.push(url);
      return Response.json(LINK);
    };
    const options = { clientId: "id", apiKey: "key", fetch };
    await new Dots({ ...options, environment: "sandbox" }).payoutLinks.create(BODY);
    await new Dots({ ...options, environment: "production" }).payoutLinks.create(BODY);
    await new Dots({
      ...options,
      environment: "production",
      baseUrl: "http://localhost/x//",
    }).payoutLinks.create(BODY);
    expect(urls).toEqual([
      "https://pls.senddotssandbox.com/api/v2/payout-links",
      "https://api.dots.dev/api/v2/payout-links",
      "http://localhost/x/v2/payout-links",
    ]);
  });
});
