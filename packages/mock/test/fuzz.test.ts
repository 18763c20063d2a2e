import { randomInt } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { type Mock, startMock } from "../src/index.ts";
import { bodies, PATHS } from "./generated-requests.ts";
import { exchange, raw, type Shape } from "./raw.ts";
import { AUTHORIZATION } from "./send.ts";

const seed = Number(process.env["MOCK_TEST_SEED"] ?? randomInt(2 ** 31));

let mock: Mock;
beforeAll(async () => {
  mock = await startMock({ requestTimeout: 2_000 });
});
afterAll(() => mock.close());

const ascii = (maxLength: number) =>
  fc.string({ unit: "grapheme-ascii", maxLength }).map((text) => text.replaceAll(/[^!-~]/g, ""));

/** As sent to a proxy. (`fc.webUrl` takes a second to be built.) */
const absolute = fc
  .tuple(fc.constantFrom("http", "https", "ftp"), fc.domain(), fc.array(ascii(8)), ascii(20))
  .map(
    ([scheme, host, parts, query]) =>
      `${scheme}://${host}/${parts.map(encodeURIComponent).join("/")}?${query}`,
  );

const path = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...PATHS, ...PATHS.map((known) => `/api${known}`)) },
  { weight: 2, arbitrary: absolute },
  {
    weight: 1,
    arbitrary: ascii(60).map((text) => `/${text}`),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...PATHS), fc.string())
      .map(([known, query]) => `${known}?__${encodeURI(query)}`),
  },
);

const headerValue = fc
  .string({ unit: "grapheme-ascii", maxLength: 40 })
  .map((text) => text.replaceAll(/[^ -~]/g, "").trim());
const knownHeader = {
  authorization: fc.oneof(fc.constant(AUTHORIZATION), headerValue),
  "content-type": fc.oneof(fc.constant("application/json"), headerValue),
  accept: headerValue,
  prefer: fc.oneof(
    headerValue,
    fc.constantFrom(
      "code=200",
      "code=404",
      "code=999",
      "example=none",
      "example=claimed",
      "dynamic=true",
      "dynamic",
    ),
  ),
  "content-encoding": fc.constantFrom("gzip", "identity", ""),
  origin: headerValue,
  expect: fc.constantFrom("100-continue", "other"),
};

const headers = fc
  .record(knownHeader, { requiredKeys: [] })
  .map((some) => ({ "content-type": "application/json", ...some }));

const body = fc.oneof(
  fc
    .constantFrom(...PATHS)
    .chain(bodies)
    .map((value) => JSON.stringify(value)),
  fc
    .tuple(fc.json(), fc.nat(), fc.string({ maxLength: 3 }))
    .map(([text, at, more]) => text.slice(0, at % (text.length + 1)) + more),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc.constant(""),
);

const method = fc.oneof(
  { weight: 8, arbitrary: fc.constant("POST") },
  {
    weight: 1,
    arbitrary: fc.constantFrom("GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY"),
  },
);

describe(`any request (MOCK_TEST_SEED=${seed})`, () => {
  it("is answered, and never with an internal error", async () => {
    const shape: fc.Arbitrary<Shape> = fc.record({ method, path, headers, body });
    const property = fc.asyncProperty(shape, async (sent) => {
      const chosen = /code=5|code%3D5/i.test(`${sent.headers?.["prefer"]}${sent.path}`);
      const { status, text } = await exchange(mock.url, sent);
      if (!chosen) expect(status, text).toBeLessThan(500);
    });
    await fc.assert(property, { numRuns: inject("anyRequests"), seed });
  });

  it("is answered or disconnected, even if it is not HTTP", async () => {
    const line = fc.constantFrom("POST /v2/payout-links HTTP/1.1\r\n", "GET / HTTP/1.1\r\n", "");
    const field = fc.constantFrom(
      "host: x\r\n",
      "content-length: 5\r\n",
      "transfer-encoding: chunked\r\n",
      "\r\n",
      "5\r\n",
    );
    const bytes = fc.uint8Array({ maxLength: 40 }).map((list) => Buffer.from(list).toString("latin1"));
    const message = fc.tuple(line, fc.array(fc.oneof(field, bytes), { maxLength: 6 }));
    const property = fc.asyncProperty(message, async ([start, rest]) => {
      const text = await raw(mock.url, [Buffer.from(`${start}${rest.join("")}\r\n\r\n`, "latin1"), "\u0000"]);
      expect(text).not.toMatch(/^HTTP\/1\.1 5/m);
    });
    await fc.assert(property, { numRuns: inject("anyBytes"), seed });
    expect((await exchange(mock.url, {})).status).toBe(200);
  });
});
