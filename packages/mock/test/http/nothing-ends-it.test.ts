import { createServer, type Socket } from "node:net";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Mock, MockError, type PlannedAnswer, startMock } from "../../src/index.ts";
import { exchange } from "../raw.ts";
import { openFile } from "../sqlite-file.ts";

/** A mock that has crashed no longer answers. */
async function expectAlive(mock: Mock): Promise<void> {
  const { status } = await exchange(mock.url, { method: "GET", path: "/__mock/requests", body: "" });
  expect(status).toBe(200);
}

const described = (responses: object) => ({
  openapi: "3.1.0",
  info: { title: "Things", version: "1" },
  paths: { "/thing": { get: { responses } } },
});
const json = { "application/json": { schema: { type: "object" }, example: {} } };

async function getThing(responses: object, headers: Record<string, string> = {}) {
  await using mock = await startMock({ spec: described(responses) });
  const response = await fetch(`${mock.url}/thing`, { headers });
  const { status } = response;
  const { message } = JSON.parse(await response.text());
  expect(mock.requests.at(-1)).toMatchObject({ status, reasons: [{ message }] });
  await expectAlive(mock);
  return { status, message };
}

describe("the mock keeps running after", () => {
  let mock: Mock;
  beforeAll(async () => {
    mock = await startMock();
    await exchange(mock.url, {});
  });
  afterAll(() => mock.close());

  it.each(Object.getOwnPropertyNames(Object.prototype))("a filter named %s", async (name) => {
    const response = await fetch(`${mock.url}/__mock/requests?${name}=1`);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("There is no filter");
  });

  it("its own path with an inherited property name", async () => {
    for (const path of ["/__mock/constructor", "/__mock/__proto__", "/__mock//"]) {
      expect((await fetch(mock.url + path)).status).toBe(404);
    }
  });
});

describe("a documented answer that HTTP does not allow is a 500 with the reason:", () => {
  it.each([
    ["a header beyond Latin-1", "10 → 20"],
    ["a header with a line break", "a\r\nb: c"],
    ["a header with a control character", "\u0001"],
  ])("%s", async (_name, example) => {
    const headers = { "X-Note": { schema: { type: "string" }, example } };
    for (const content of [
      json,
      { "application/json": { schema: { type: "object" } } },
      { "text/plain": {} },
    ]) {
      const { status, message } = await getThing({ 200: { description: "It.", headers, content } });
      expect(status).toBe(500);
      expect(message).toMatch(/^The answer cannot be sent: the header x-note cannot have the value "/);
    }
  });

  it("the name of a header", async () => {
    const headers = { "X Note": { schema: { type: "string" }, example: "a" } };
    const { status, message } = await getThing({ 200: { description: "It.", headers, content: json } });
    expect({ status, message }).toEqual({
      status: 500,
      message: 'The answer cannot be sent: "x note" is not a valid header name.',
    });
  });

  it("a media type", async () => {
    const { status } = await getThing({
      200: { description: "It.", content: { "text/→": { example: "a" } } },
    });
    expect(status).toBe(500);
  });

  it.each(["0", "42", "99", "600", "1000", "success"])("the status %s", async (status) => {
    const { status: answered, message } = await getThing({ [status]: { description: "It.", content: json } });
    expect(answered).toBe(500);
    expect(message).toMatch(/is not a valid status/);
  });

  it("an overlong status", async () => {
    const responses = { 101: { description: "Other." }, 200: { description: "It.", content: json } };
    expect((await getThing(responses, { prefer: "code=101" })).status).toBe(500);
  });
});

describe("an answer that HTTP does not allow can't be planned:", () => {
  let mock: Mock;
  beforeAll(async () => {
    mock = await startMock();
  });
  afterAll(() => mock.close());

  it.each<[name: string, answer: PlannedAnswer, problem: string]>([
    ["the status 0", { status: 0 }, "0 is not a valid status: use a whole number from 200 to 599"],
    ["the status 101", { status: 101 }, "101 is not a valid status"],
    ["the status 600", { status: 600 }, "600 is not a valid status"],
    ["the status 200.5", { status: 200.5 }, "200.5 is not a valid status"],
    ["the status NaN", { status: Number.NaN }, "NaN is not a valid status"],
    [
      "a header beyond Latin-1",
      { status: 200, headers: { x: "→" } },
      'the header x cannot have the value "→"',
    ],
    [
      "a header with a line break",
      { status: 200, headers: { x: "a\r\nb: c" } },
      "the header x cannot have the value",
    ],
    [
      "a header with a control character",
      { status: 204, headers: { x: "\u0001" } },
      "the header x cannot have the value",
    ],
    ["the name of a header", { status: 200, headers: { "x\n": "1" } }, '"x\\n" is not a valid header name'],
    ["no name of a header", { status: 200, headers: { "": "1" } }, '"" is not a valid header name'],
    [
      "a length",
      { status: 200, headers: { "Content-Length": "5" } },
      "the header Content-Length is a transport header",
    ],
    [
      "chunks",
      { status: 200, headers: { "transfer-encoding": "chunked" } },
      "the header transfer-encoding is a transport header",
    ],
    ["a body of another kind than JSON's", { status: 200, body: 1n }, "its body is not JSON"],
    ["a function", { status: 200, body: () => 1 }, "its body is not JSON, but a function"],
  ])("%s", async (_name, answer, problem) => {
    expect(() => mock.respondNext(answer)).toThrow(MockError);
    expect(() => mock.respondNext(answer)).toThrow(`This answer cannot be planned: ${problem}`);
    expect((await exchange(mock.url, {})).status).toBe(200);
  });

  it.each([204, 205, 304])("except %i, which has no body", async (status) => {
    mock.respondNext({ status, headers: { x: "ü" } });
    expect(await exchange(mock.url, {})).toMatchObject({ status, text: "", headers: { x: "ü" } });
  });
});

describe("a store with data that the mock did not write", () => {
  it("is refused with the reason, and keeps serving the rest", async () => {
    await using place = await openFile();
    const body = '{"amount":5,"idempotency_key":"5f0c8f3a-8f0e-4e0b-9a57-2f6f1f8f7c11"}';
    const first = await startMock({ store: place.store });
    await exchange(first.url, { body });
    await first.close();
    const database = new DatabaseSync(place.store);
    database.exec("UPDATE answers SET headers = 'text'; UPDATE requests SET entry = 'text';");
    database.exec("INSERT INTO requests (entry) VALUES ('{}'), ('null');");
    database.close();
    await using mock = await startMock({ store: place.store });
    expect(mock.requests).toEqual([]);
    const refused = await exchange(mock.url, { body });
    expect(refused.status).toBe(503);
    expect(JSON.parse(refused.text).errors).toMatchObject([{ code: "store" }]);
    expect((await exchange(mock.url, {})).status).toBe(200);
  });
});

/** A server that always sends these bytes. */
async function startRaw(answer: string): Promise<{ url: string } & AsyncDisposable> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.once("data", () => socket.end(Buffer.from(answer, "utf8")));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("there is no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

describe("behind a proxy, a server may send", () => {
  const ok = "Content-Length: 2\r\n\r\nok";

  it.each([
    ["the status 000", `HTTP/1.1 000 Zero\r\n${ok}`],
    ["the status 099", `HTTP/1.1 099 Low\r\n${ok}`],
    [
      "a switch to another protocol",
      "HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\nhello",
    ],
    ["no HTTP", "\u0000\u0001garbage\r\n\r\n"],
    ["nothing", ""],
    ["two lengths", `HTTP/1.1 200 OK\r\nContent-Length: 3\r\n${ok}`],
    ["a header with a control character", `HTTP/1.1 200 OK\r\nX-A: a\u0001b\r\n${ok}`],
  ])("%s: the caller is told that the request may have been carried out", async (_name, answer) => {
    await using upstream = await startRaw(answer);
    await using proxy = await startMock({ proxy: upstream.url });
    const { status, text } = await exchange(proxy.url, {});
    expect(status).toBe(502);
    const { message, errors } = JSON.parse(text);
    expect(message).toMatch(/The request may have been carried out\.$/);
    expect(message).toContain(upstream.url);
    expect(errors).toMatchObject([{ code: "upstream" }]);
    expect(proxy.requests).toMatchObject([{ status: 502, reasons: [{ message }] }]);
    await expectAlive(proxy);
  });

  it.each([
    ["any reason phrase", `HTTP/1.1 200 \u00e9t\u00e9\r\n${ok}`, 200],
    ["a phrase with a control character", `HTTP/1.1 200 a\u0001b\r\n${ok}`, 200],
    ["an unknown status", `HTTP/1.1 999 High\r\n${ok}`, 999],
    [
      "an informational answer before the final one",
      `HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\n${ok}`,
      200,
    ],
  ])("%s: it is passed on", async (_name, answer, status) => {
    await using upstream = await startRaw(answer);
    await using proxy = await startMock({ proxy: upstream.url });
    expect(await exchange(proxy.url, {})).toMatchObject({ status, text: "ok" });
    await expectAlive(proxy);
  });
});
