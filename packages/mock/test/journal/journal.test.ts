import { once } from "node:events";
import { connect } from "node:net";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Mock, startMock } from "../../src/index.ts";
import { exchange } from "../raw.ts";

let mock: Mock;
beforeAll(async () => {
  mock = await startMock({ journalSize: 20 });
  await exchange(mock.url, {});
  await exchange(mock.url, { body: "{}" });
  await exchange(mock.url, { method: "GET", path: "/nowhere?a=b", body: "" });
});
afterAll(() => mock.close());

async function listed(query = ""): Promise<Record<string, unknown>[]> {
  const response = await fetch(`${mock.url}/__mock/requests${query}`);
  expect(response.status).toBe(200);
  return JSON.parse(await response.text());
}

describe("the journal", () => {
  it("contains each request with its errors and its answer", () => {
    expect(mock.requests).toMatchObject([
      {
        id: 1,
        method: "POST",
        path: "/v2/payout-links",
        operation: "createPayoutLink",
        status: 200,
        reasons: [],
      },
      { status: 400, body: "{}", reasons: [{ path: "/amount", code: "required" }] },
      { method: "GET", path: "/nowhere?a=b", operation: undefined, status: 404 },
    ]);
    expect(mock.requests[0]?.answer.body).toContain('"amount":5');
  });

  it("masks credentials", async () => {
    expect(mock.requests[0]?.headers["authorization"]).toBe("Basic ***");
    expect(JSON.stringify(await listed())).not.toContain(Buffer.from("client:key").toString("base64"));
  });

  it("can be filtered", async () => {
    expect(await listed()).toHaveLength(3);
    expect(await listed("?refused=true")).toHaveLength(2);
    expect(await listed("?refused=false")).toHaveLength(1);
    expect(await listed("?status=400")).toHaveLength(1);
    expect(await listed("?status=4xx&method=get")).toMatchObject([{ status: 404 }]);
    expect(await listed("?operation=createPayoutLink&limit=1")).toMatchObject([{ status: 400 }]);
    expect(await listed("?path=nowhere")).toHaveLength(1);
    expect(await listed("?since=2")).toMatchObject([{ id: 3 }]);
  });

  it("has a limited size", async () => {
    await using small = await startMock({ journalSize: 3 });
    for (let count = 0; count < 10; count += 1) await exchange(small.url, {});
    expect(small.requests.map(({ id }) => id)).toEqual([8, 9, 10]);
  });

  it("only keeps the beginning of a long body", async () => {
    await exchange(mock.url, { body: JSON.stringify({ amount: 5, memo: "x".repeat(1_000_000) }) });
    expect(mock.requests.at(-1)?.body.length).toBeLessThan(20_000);
  });
});

describe("the journal's events", () => {
  it("send what was missed and what is new, and when everything is forgotten", async () => {
    await using own = await startMock();
    await exchange(own.url, {});
    await exchange(own.url, {});
    const response = await fetch(`${own.url}/__mock/events?since=1`);
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    const until = async (mark: string) => {
      while (!text.includes(mark)) text += (await reader?.read())?.value ?? "";
    };
    await until("id: 2\n");
    await exchange(own.url, { body: "{}" });
    await until("id: 3\n");
    await fetch(`${own.url}/__mock/state`, { method: "DELETE" });
    await until("event: cleared\n");
    expect(text).not.toContain("id: 1\n");
    expect(text).toContain('"code":"required"');
    await reader?.cancel();
  });

  it("do not pile up for a reader that does not read", async () => {
    await using own = await startMock();
    const { hostname, port } = new URL(own.url);
    const reader = connect(Number(port), hostname);
    await once(reader, "connect");
    reader.write("GET /__mock/events?since=0 HTTP/1.1\r\nhost: x\r\n\r\n");
    await once(reader, "data");
    reader.pause();
    // Each backslash takes four characters in the event, as part of the request and of the answer that repeats it.
    const body = JSON.stringify({ amount: 5, metadata: "\\".repeat(8_000) });
    const requests = 400;
    for (let count = 0; count < requests; count += 20) {
      await Promise.all(Array.from({ length: 20 }, () => exchange(own.url, { body })));
    }
    let text = "";
    reader.setEncoding("latin1").on("data", (part: string) => {
      text = text.slice(-100) + part;
      // The last event has arrived.
      if (text.includes(`id: ${requests}\n`)) reader.destroy(new Error("it was not cut off"));
    });
    reader.resume();
    await once(reader, "close");
    expect((await exchange(own.url, {})).status).toBe(200);
  });

  it("do not keep the mock from closing", async () => {
    const own = await startMock();
    const response = await fetch(`${own.url}/__mock/events`);
    await own.close();
    await expect(response.text()).rejects.toThrow("terminated");
  });
});

describe("/__mock/", () => {
  it("forgets on DELETE /__mock/state", async () => {
    await using own = await startMock();
    const body = '{"amount":5,"idempotency_key":"5f0c8f3a-8f0e-4e0b-9a57-2f6f1f8f7c11"}';
    const first = await exchange(own.url, { body });
    expect((await fetch(`${own.url}/__mock/state`, { method: "DELETE" })).status).toBe(204);
    expect(own.requests).toEqual([]);
    expect((await exchange(own.url, { body })).text).not.toBe(first.text);
  });

  it("refuses what it does not serve, without recording it in the journal", async () => {
    await using own = await startMock();
    expect((await fetch(`${own.url}/__mock/other`)).status).toBe(404);
    const wrong = await fetch(`${own.url}/__mock/state`);
    expect({ status: wrong.status, allow: wrong.headers.get("allow") }).toEqual({
      status: 405,
      allow: "DELETE",
    });
    expect(own.requests).toEqual([]);
  });

  it("can't be read or cleared by pages of other origins", async () => {
    const headers = { origin: "https://app.example.com" };
    for (const method of ["GET", "OPTIONS"]) {
      const response = await fetch(`${mock.url}/__mock/requests`, { method, headers });
      expect(response.headers.get("access-control-allow-origin")).toBeNull();
    }
  });
});

describe("credentials in other places", () => {
  it.each(["authorization", "proxy-authorization", "x-api-key", "cookie"])(
    "are masked in the header %s, whatever the spec says",
    async (name) => {
      await using own = await startMock();
      await exchange(own.url, { headers: { [name]: "hush" } });
      expect(own.requests[0]?.headers[name]).toBe("***");
      expect(JSON.stringify(own.requests)).not.toContain("hush");
    },
  );

  it("are masked in the header set-cookie of a planned answer", async () => {
    await using own = await startMock();
    own.respondNext({ status: 200, headers: { "set-cookie": "session=hush" } });
    expect((await exchange(own.url, {})).headers["set-cookie"]).toEqual(["session=hush"]);
    expect(own.requests[0]?.answer.headers["set-cookie"]).toBe("***");
  });

  it("are masked in places that the spec names", async () => {
    const schemes = {
      header: { type: "apiKey", in: "header", name: "X-Team-Secret" },
      query: { type: "apiKey", in: "query", name: "team key" },
    };
    await using own = await startMock({
      spec: {
        openapi: "3.1.0",
        info: { title: "Teams", version: "1" },
        components: { securitySchemes: schemes },
        security: [{ header: [] }, { query: [] }],
        paths: { "/teams": { get: { responses: { 200: { description: "All teams." } } } } },
      },
    });
    const headers = { "x-team-secret": "hush" };
    for (const name of ["team%20key", "team+key", "%74eam%20key"]) {
      await exchange(own.url, { method: "GET", path: `/teams?q=?&${name}=hush&page=2`, headers, body: "" });
      expect(own.requests.at(-1)?.path).toBe(`/teams?q=?&${name}=***&page=2`);
    }
    expect(JSON.stringify(own.requests)).not.toContain("hush");
  });
});

describe("memory", () => {
  it("does not grow with the size of the sent bodies", async () => {
    await using own = await startMock({ journalSize: 100 });
    // Refused, so that nothing is created and stored.
    const body = JSON.stringify({ amount: "5", memo: "x".repeat(1_000_000) });
    for (let count = 0; count < 5; count += 1) await exchange(own.url, { body });
    const before = memoryInUse();
    for (let count = 0; count < 25; count += 1) await exchange(own.url, { body });
    // The journal contains 30 bodies of 1 MB each.
    expect(own.requests.length).toBe(30);
    // V8 releases the memory of buffers only some time after the collection that found them unused.
    await expect.poll(() => (memoryInUse() - before) / 1_048_576, { timeout: 20_000 }).toBeLessThan(12);
  });
});

/** Bytes that are still referenced. */
function memoryInUse(): number {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

describe("onRequest", () => {
  it("does not affect the answer if it throws", async () => {
    const errors: unknown[] = [];
    const before = process.listeners("uncaughtException");
    process.removeAllListeners("uncaughtException");
    process.on("uncaughtException", (error) => errors.push(error));
    await using own = await startMock({
      onRequest: () => {
        throw new Error("from a test");
      },
    });
    expect((await exchange(own.url, {})).status).toBe(200);
    expect(errors).toMatchObject([{ message: "from a test" }]);
    process.removeAllListeners("uncaughtException");
    for (const listener of before) process.on("uncaughtException", listener);
  });
});
