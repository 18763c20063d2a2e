import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Mock, startMock } from "../src/index.ts";
import { raw } from "./raw.ts";
import { AUTHORIZATION, post } from "./send.ts";

let mock: Mock;
let links: string;
beforeAll(async () => {
  mock = await startMock({ requestTimeout: 300 });
  links = `${mock.url}/v2/payout-links`;
});
afterAll(() => mock.close());

const BODIES: readonly (readonly [string, string, number])[] = [
  ["malformed JSON", '{"amount":', 400],
  ["two values", "{} {}", 400],
  ["nothing", "", 400],
  ["blanks", "  ", 400],
  ["a byte order mark before good JSON", '\uFEFF{"amount":5}', 200],
  ["an unknown field", '{"amount":5,"colour":"red"}', 200],
  ["a key that stands twice", '{"amount":0,"amount":5}', 200],
  ["a number beyond all doubles", '{"amount":1e400}', 400],
  ["such a number where anything goes", '{"amount":5,"metadata":[1e400]}', 400],
  ["NUL and astral characters", '{"amount":5,"memo":"\\u0000 🪙 \\ud83e"}', 200],
  ["a megabyte", JSON.stringify({ amount: 5, memo: "x".repeat(1_000_000) }), 200],
  ["ten megabytes", JSON.stringify({ amount: 5, memo: "x".repeat(10_000_000) }), 413],
  ["nesting 10,000 deep", `{"amount":5,"metadata":${"[".repeat(10_000)}${"]".repeat(10_000)}}`, 400],
  ["nesting 200,000 deep", `{"amount":5,"metadata":${"[".repeat(200_000)}${"]".repeat(200_000)}}`, 400],
];

describe("a body with", () => {
  it.each(BODIES)("%s", async (_name, body, status) => {
    const answer = await post(links, body);
    expect(answer.status, answer.text).toBe(status);
    if (status !== 200) {
      expect(answer.body["message"]).toBeTypeOf("string");
      expect(answer.body["errors"]).not.toEqual([]);
    }
  });
});

const HEADERS: readonly (readonly [string, Record<string, string>, number])[] = [
  ["text", { "content-type": "text/plain" }, 415],
  ["a form", { "content-type": "application/x-www-form-urlencoded" }, 415],
  ["JSON in UTF-16", { "content-type": "application/json; charset=utf-16" }, 415],
  ["JSON in UTF-8, said in its own way", { "content-type": 'Application/JSON;Charset="UTF-8"' }, 200],
  ["compressed JSON", { "content-encoding": "gzip" }, 415],
  ["a wish for HTML", { accept: "text/html" }, 406],
  ["a wish for JSON or anything", { accept: "text/html, application/*;q=0.1" }, 200],
  ["a wish for no JSON", { accept: "*/*, application/json;q=0" }, 406],
  ["garbled credentials", { authorization: "Basic !!!" }, 401],
  [
    "credentials without a colon",
    { authorization: `Basic ${Buffer.from("client").toString("base64")}` },
    401,
  ],
  ["lower-case basic", { authorization: AUTHORIZATION.replace("Basic", "basic") }, 200],
  ["a bearer token", { authorization: "Bearer abc" }, 401],
];

describe("a request with", () => {
  it.each(HEADERS)("%s", async (_name, headers, status) => {
    const answer = await post(links, { amount: 5 }, headers);
    expect(answer.status, answer.text).toBe(status);
    if (status === 401) expect(answer.headers.get("www-authenticate")).toContain("Basic realm=");
  });

  it("no credentials is asked for them", async () => {
    const response = await fetch(links, { method: "POST", body: "{}" });
    expect(response.status).toBe(401);
    expect(response.headers.get("www-authenticate")).toContain("Basic realm=");
  });
});

describe("a request to", () => {
  it("an unknown path is refused", async () => {
    expect((await post(`${mock.url}/v2/nothing`, {})).status).toBe(404);
  });

  it("a known path by another method learns which one to use", async () => {
    const response = await fetch(links);
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("POST, OPTIONS");
  });

  it("a known path with a part of it encoded is served", async () => {
    expect((await post(`${mock.url}/v2/payout%2Dlinks`, { amount: 5 })).status).toBe(200);
  });
});

describe("a connection", () => {
  const head = (length: number) =>
    `POST /v2/payout-links HTTP/1.1\r\nhost: mock\r\nauthorization: ${AUTHORIZATION}\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n`;

  it("whose headers stall is told so and closed", async () => {
    expect(await raw(mock.url, ["POST /v2/payout-links HTTP/1.1\r\nhost: mo"])).toMatch(/^HTTP\/1\.1 408 /);
  });

  it("whose body stalls is told so and closed", async () => {
    expect(await raw(mock.url, [head(20), '{"amount"'])).toMatch(/^HTTP\/1\.1 408 /);
  });

  it("that speaks no HTTP is told so and closed", async () => {
    expect(await raw(mock.url, ["hello\r\n\r\n"])).toMatch(/^HTTP\/1\.1 400 /);
  });

  it("that breaks off does not disturb the next one", async () => {
    const { port } = new URL(mock.url);
    expect(port).not.toBe("");
    await raw(mock.url, [head(12), '{"amount":5}'], "sent");
    expect((await post(links, { amount: 5 })).status).toBe(200);
  });
});

describe("--username and --password", () => {
  it("let only these credentials in", async () => {
    await using guarded = await startMock({ username: "client", password: "key" });
    const url = `${guarded.url}/v2/payout-links`;
    const wrong = `Basic ${Buffer.from("client:other").toString("base64")}`;
    expect((await post(url, { amount: 5 })).status).toBe(200);
    expect((await post(url, { amount: 5 }, { authorization: wrong })).status).toBe(401);
  });
});
