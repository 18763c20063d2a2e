import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Mock, startMock } from "../../src/index.ts";
import { exchange, type Shape } from "../raw.ts";
import { AUTHORIZATION } from "../send.ts";

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
  // The measurement is of a running mock, not of one that is still being compiled.
  await exchange(mock.url, { body: "{}" });
});
afterAll(() => mock.close());

interface Row extends Shape {
  readonly name: string;
  readonly status: number;
  /** The code of the reason in the refusal, if there is one. */
  readonly code?: string;
}

const basic = (pair: string) => `Basic ${Buffer.from(pair).toString("base64")}`;
const type = (value: string | undefined) => ({ headers: { "content-type": value } });
const login = (value: string | undefined) => ({ headers: { authorization: value } });
const nested = (depth: number) => `{"amount":5,"metadata":${"[".repeat(depth)}${"]".repeat(depth)}}`;
const sized = (size: number) => JSON.stringify({ amount: 5, memo: "x".repeat(size) });

const ROWS: readonly Row[] = [
  { name: "malformed JSON", body: '{"amount":', status: 400, code: "json" },
  { name: "two JSON values", body: "{} {}", status: 400, code: "json" },
  { name: "a byte order mark before good JSON", body: '\uFEFF{"amount":5}', status: 200 },
  { name: "bytes that are no UTF-8", body: Buffer.from([0x22, 0xff, 0x22]), status: 400, code: "encoding" },
  {
    name: "a compressed body",
    body: gzipSync('{"amount":5}'),
    headers: { "content-encoding": "gzip" },
    status: 415,
    code: "content-encoding",
  },
  { name: "an empty body", body: "", status: 400, code: "required" },
  { name: "blanks", body: " \n", status: 400, code: "json" },
  { name: "null", body: "null", status: 400, code: "type" },
  { name: "an array", body: '[{"amount":5}]', status: 400, code: "type" },
  { name: "a text", body: '"amount"', status: 400, code: "type" },
  { name: "a number", body: "5", status: 400, code: "type" },
  { name: "a value of the wrong type", body: '{"amount":"5"}', status: 400, code: "type" },
  { name: "a missing field", body: "{}", status: 400, code: "required" },
  { name: "a broken rule", body: '{"amount":0}', status: 400, code: "exclusiveMinimum" },
  {
    name: "an unknown field",
    body: '{"amount":5,"color":"red"}',
    status: 400,
    code: "unevaluatedProperties",
  },
  { name: "an unknown field of a nested object", body: '{"amount":5,"payee":{"color":"red"}}', status: 200 },
  { name: "a number beyond all doubles", body: '{"amount":1e400}', status: 400, code: "number" },
  {
    name: "a number that only digits and exponent together make too large",
    body: `{"amount":${"9".repeat(250)}e99}`,
    status: 400,
    code: "number",
  },
  { name: "a long number that fits into a double", body: `{"amount":1${"0".repeat(300)}}`, status: 200 },
  {
    name: "such a number where anything is allowed",
    body: '{"amount":5,"metadata":[-1e400]}',
    status: 400,
    code: "number",
  },
  { name: "a key that appears twice", body: '{"amount":0,"amount":5}', status: 200 },
  { name: "a field hidden in __proto__", body: '{"__proto__":{"amount":5}}', status: 400, code: "required" },
  { name: "__proto__ next to valid fields", body: '{"amount":5,"__proto__":{"amount":"x"}}', status: 200 },
  {
    name: "NUL, astral and lone surrogate characters",
    body: '{"amount":5,"memo":"\\u0000 🪙 \\ud83e"}',
    status: 200,
  },
  { name: "a raw NUL", body: '{"amount":5,"memo":"\u0000"}', status: 400, code: "json" },
  { name: "text/plain", ...type("text/plain"), status: 415, code: "content-type" },
  {
    name: "form data",
    ...type("application/x-www-form-urlencoded"),
    body: "amount=5",
    status: 415,
    code: "content-type",
  },
  {
    name: "multipart form data",
    ...type("multipart/form-data; boundary=x"),
    body: "--x--",
    status: 415,
    code: "content-type",
  },
  { name: "an empty content type", ...type(""), status: 415, code: "content-type" },
  { name: "no content type", ...type(undefined), status: 415, code: "content-type" },
  {
    name: "a charset that is not JSON's",
    ...type("application/json; charset=utf-16"),
    status: 415,
    code: "charset",
  },
  { name: "an unknown charset", ...type("application/json; charset=klingon"), status: 415, code: "charset" },
  { name: "UTF-8, said in its own way", ...type('Application/JSON;Charset="UTF-8"'), status: 200 },
  { name: "a wish for HTML", headers: { accept: "text/html" }, status: 406, code: "accept" },
  {
    name: "a wish for anything but JSON",
    headers: { accept: "*/*, application/json;q=0" },
    status: 406,
    code: "accept",
  },
  { name: "a wish that JSON meets", headers: { accept: "text/html, application/*;q=0.1" }, status: 200 },
  { name: "an unknown path", path: "/v2/nothing", status: 404, code: "path" },
  { name: "the root", method: "GET", path: "/", body: "", status: 404, code: "path" },
  { name: "a wrong method", method: "PUT", body: "", status: 405, code: "method" },
  { name: "a made-up method", method: "PROPFIND", body: "", status: 405, code: "method" },
  { name: "HEAD", method: "HEAD", path: "/v2/payouts/send-payout", body: "", status: 405 },
  { name: "OPTIONS", method: "OPTIONS", body: "", headers: { authorization: undefined }, status: 204 },
  { name: "//", path: "//v2/payout-links", status: 404, code: "path" },
  { name: "an encoded path", path: "/v2/payout%2Dlinks", status: 200 },
  { name: "an encoded slash", path: "/v2%2Fpayout-links", status: 404, code: "path" },
  { name: "a path that is encoded badly", path: "/v2/%zz", status: 404, code: "path" },
  { name: "a path that climbs", path: "/v2/../v2/payout-links", status: 404, code: "path" },
  { name: "a long path", path: `/${"a".repeat(9_000)}`, status: 414, code: "target" },
  {
    name: "a path longer than any header may be",
    path: `/${"a".repeat(40_000)}`,
    status: 431,
    code: "headers",
  },
  { name: "a whole URL for a path", path: "http://api.example.com/v2/payout-links", status: 200 },
  { name: "no credentials", ...login(undefined), status: 401, code: "credentials" },
  { name: "garbled credentials", ...login("Basic !!!"), status: 401, code: "credentials" },
  { name: "no more than the word Basic", ...login("Basic"), status: 401, code: "credentials" },
  { name: "credentials without a colon", ...login(basic("client")), status: 401, code: "credentials" },
  { name: "lower-case basic", ...login(AUTHORIZATION.replace("Basic", "basic")), status: 200 },
  { name: "a bearer token", ...login("Bearer abc"), status: 401, code: "credentials" },
  { name: "a megabyte", body: sized(1_000_000), status: 200 },
  { name: "ten megabytes", body: sized(10_000_000), status: 413, code: "size" },
  { name: "ten megabytes in chunks", body: sized(10_000_000), chunk: 65_536, status: 413, code: "size" },
  { name: "nesting 10,000 deep", body: nested(10_000), status: 400, code: "depth" },
  { name: "nesting 200,000 deep", body: nested(200_000), status: 400, code: "depth" },
  {
    name: "brackets in a string, which don't nest",
    body: `{"amount":5,"memo":"${'[\\"'.repeat(2_000)}"}`,
    status: 200,
  },
  {
    name: "half a million mistakes",
    body: `{"amount":5,"additional_steps":[${"1,".repeat(500_000)}1]}`,
    status: 400,
    code: "anyOf",
  },
  { name: "a body in chunks of one byte", chunk: 1, status: 200 },
];

describe("a request with", () => {
  it.each(ROWS)("$name gets $status after at most 100 ms of work", async ({ status, code, ...shape }) => {
    const work: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      const before = process.cpuUsage();
      const [reply, bystander] = await Promise.all([exchange(mock.url, shape), exchange(mock.url, {})]);
      const { user, system } = process.cpuUsage(before);
      work.push((user + system) / 1_000);
      expect(bystander.status).toBe(200);
      expect(reply.status, reply.text).toBe(status);
      if (code === undefined) continue;
      const { message, errors } = JSON.parse(reply.text);
      expect(message).toMatch(/\.$/);
      expect(errors.map((error: { code: string }) => error.code)).toContain(code);
    }
    // CPU time of this process, callers included, so that a busy machine does not matter. The minimum of three leaves
    // out what the engine does occasionally.
    expect(Math.min(...work)).toBeLessThan(100);
  });
});

describe("malformed JSON is reported with its position:", () => {
  it.each([
    ['{"amount": x}', "line 1, column 12"],
    ['{"amount": NaN}', "line 1, column 12"],
    ['{"amount": nul}', "line 1, column 15"],
    ['{"amount": 5,}', "line 1, column 14"],
    ["{'amount': 5}", "line 1, column 2"],
    ['{"amount": 05}', "line 1, column 13"],
    ['{"amount": 5.}', "line 1, column 14"],
    ['{"amount": -}', "line 1, column 13"],
    ['{"amount": 5e+}', "line 1, column 15"],
    ['{\n  "amount": 5\n  "memo": "a"\n}', "line 3, column 3"],
    ['{"memo": "a\nb"}', "line 1, column 12"],
    ['{"memo": "\\x"}', "line 1, column 12"],
    ['{"memo": "\\u00g0"}', "line 1, column 15"],
    ['{"amount": 5} x', "line 1, column 15"],
    ["[1, [2}]", "line 1, column 7"],
    [`{"a":1,"memo":"${"y".repeat(80)}", bad}`, "line 1, column 99"],
    ['{"amount": 5', "it ends too early"],
    ['{"amount": tr', "it ends too early"],
    ['{"memo": "a', "it ends too early"],
    ['{"amount":', "it ends too early"],
    [" \n", "it ends too early"],
  ])("%j", async (body, place) => {
    const { status, text } = await exchange(mock.url, { body });
    expect(status).toBe(400);
    expect(JSON.parse(text).message).toBe(`The body is not valid JSON: ${place}.`);
  });
});

describe("a key in the query", () => {
  it.each([
    ["?key=s", 200],
    ["?q=a&key=s", 200],
    ["?q=why?&key=s", 200],
    ["?q=?key=s", 401],
    ["?constructor=s", 401],
    ["", 401],
  ])("%j is answered with %i", async (query, status) => {
    const spec = {
      openapi: "3.1.0",
      info: { title: "Things", version: "1" },
      security: [{ key: [] }],
      components: { securitySchemes: { key: { type: "apiKey", in: "query", name: "key" } } },
      paths: { "/things": { get: { responses: { 200: { description: "All." } } } } },
    };
    await using guarded = await startMock({ spec });
    expect((await fetch(`${guarded.url}/things${query}`)).status).toBe(status);
  });
});

describe("a refusal", () => {
  it("of a method lists the allowed ones", async () => {
    const { headers } = await exchange(mock.url, {
      method: "PUT",
      path: "/v2/payouts/send-payout",
      body: "",
    });
    expect(headers["allow"]).toBe("POST, OPTIONS");
  });

  it("of credentials names the scheme", async () => {
    const { headers } = await exchange(mock.url, login(undefined));
    expect(headers["www-authenticate"]).toBe('Basic realm="mock", charset="UTF-8"');
  });

  it("never shows internals", () => {
    const answers = mock.requests.map(({ answer }) => answer.body).join("\n");
    expect(answers).not.toMatch(/node_modules|\.m?[jt]s:\d|at async |The mock itself/);
    expect(mock.requests.filter(({ status }) => status >= 500)).toEqual([]);
  });
});

describe("--username and --password", () => {
  it("are the only accepted credentials", async () => {
    await using guarded = await startMock({ username: "client", password: "key" });
    expect((await exchange(guarded.url, {})).status).toBe(200);
    expect((await exchange(guarded.url, login(basic("client:other")))).status).toBe(401);
    expect((await exchange(guarded.url, login(basic("other:key")))).status).toBe(401);
  });
});
