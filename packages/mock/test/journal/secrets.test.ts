import { readdir, readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { startMock } from "../../src/index.ts";
import { exchange, raw } from "../raw.ts";
import { openFile } from "../sqlite-file.ts";

const TOKEN = "s3cr3t-t0ken-0123456789";

const ANSWER = {
  description: "A thing.",
  content: { "application/json": { schema: { type: "object" }, example: { id: "1" } } },
};
const SPEC = {
  openapi: "3.1.0",
  info: { title: "Things", version: "1" },
  components: { securitySchemes: { bearer: { type: "http", scheme: "bearer" } } },
  security: [{ bearer: [] }],
  paths: {
    "/things": {
      post: {
        "x-idempotency-key": { at: "/key" },
        "x-resource": { kind: "thing", does: "create", id: "/id" },
        requestBody: {
          content: {
            "application/json": { schema: { type: "object", properties: { key: { type: "string" } } } },
          },
        },
        responses: { "201": ANSWER },
      },
    },
  },
};

describe("credentials", () => {
  it("are not in a store's file, which nobody else may read", async () => {
    await using place = await openFile();
    await using mock = await startMock({ spec: SPEC, store: place.store });
    const headers = { authorization: `Bearer ${TOKEN}`, "x-auth-token": TOKEN, "api-key": TOKEN };
    const path = `/things?access_token=${TOKEN}`;
    expect((await exchange(mock.url, { path, headers, body: '{"key":"k"}' })).status).toBe(201);
    const folder = dirname(place.store);
    for (const name of await readdir(folder)) {
      const file = join(folder, name);
      expect((await readFile(file)).includes(TOKEN)).toBe(false);
      // Windows has no such modes: there the folder decides who may read a file.
      const mode = process.platform === "win32" ? 0o600 : (await stat(file)).mode & 0o777;
      expect([name, mode]).toEqual([name, 0o600]);
    }
  });

  it("are masked everywhere", async () => {
    await using mock = await startMock();
    const target = `http://user:${TOKEN}@127.0.0.1/v2/payout-links?api_key=${TOKEN}&limit=1`;
    await raw(mock.url, [
      `GET ${target} HTTP/1.1\r\nhost: a\r\nx-session-token: ${TOKEN}\r\nconnection: close\r\n\r\n`,
    ]);
    const [entry] = mock.requests;
    expect(JSON.stringify(entry)).not.toContain(TOKEN);
    expect(entry?.path).toBe("http://***@127.0.0.1/v2/payout-links?api_key=***&limit=1");
    expect(entry?.headers).toMatchObject({ "x-session-token": "***" });
  });

  it("are not confused with an idempotency key or a signature's ID", async () => {
    await using mock = await startMock();
    await exchange(mock.url, { headers: { "idempotency-key": "k", "svix-id": "msg", "api-app-id": "a" } });
    expect(mock.requests[0]?.headers).toMatchObject({
      "idempotency-key": "k",
      "svix-id": "msg",
      "api-app-id": "a",
    });
  });
});
