import { randomInt } from "node:crypto";
import { Agent } from "node:http";
import { createRequire } from "node:module";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { type Mock, startMock } from "../../src/index.ts";
import { type Body, bodies, PATHS } from "../generated-requests.ts";
import { exchange, type Reply } from "../raw.ts";
import { AUTHORIZATION } from "../send.ts";
import { type StockPrism, startStockPrism } from "./stock-prism.ts";

/** The requests differ in each run. */
const RUNS = inject("comparedRequests");
const seed = Number(process.env["MOCK_TEST_SEED"] ?? randomInt(2 ** 31));

let mock: Mock;
let prism: StockPrism;
let ajv: Ajv2020;
beforeAll(async () => {
  [mock, prism] = await Promise.all([startMock(), startStockPrism()]);
  ajv = new Ajv2020({ strict: false });
  formats.default(ajv);
  ajv.addSchema(createRequire(import.meta.url)("@dots-payouts/spec/openapi.json"), "spec:document");
}, 60_000);
afterAll(async () => {
  await mock.close();
  await prism[Symbol.asyncDispose]();
});

interface Sent {
  readonly body: Body;
  readonly authorization: string | undefined;
  readonly type: string | undefined;
}

/** The intended differences between this mock and Prism. All others are faults. */
const MEANT: readonly {
  readonly why: string;
  readonly holds: (sent: Sent, ours: Reply, theirs: Reply) => boolean;
}[] = [
  {
    why: "Prism treats the documented 4XX as a documented 422, and prefers that to the documented 400",
    holds: (_sent, ours, theirs) => ours.status === 400 && theirs.status === 422,
  },
  {
    why: "Prism reads a body without a content type as text, and then reports that it is not an object: the type is the error",
    holds: ({ type }, ours, theirs) => type === undefined && ours.status === 415 && theirs.status === 422,
  },
  {
    why: "Prism treats any JSON type as application/json; only that one is documented",
    holds: ({ type }, ours) => type === "application/vnd.other+json" && ours.status === 415,
  },
  {
    why: "Prism accepts Basic credentials with words after them, which RFC 7617 does not allow",
    holds: ({ authorization }, ours) => authorization === `${AUTHORIZATION} more` && ours.status === 401,
  },
];

const usually = <T>(usual: T, ...others: T[]) =>
  fc.oneof(
    { weight: 12, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  );

const authorizations = usually<string | undefined>(
  AUTHORIZATION,
  undefined,
  "Basic",
  "Basic !!!",
  "Bearer abc",
  AUTHORIZATION.toLowerCase().replace(/ .*/, ` ${AUTHORIZATION.slice(6)}`),
  `${AUTHORIZATION} more`,
);
const types = usually<string | undefined>(
  "application/json",
  undefined,
  "APPLICATION/JSON; charset=utf-8",
  "application/vnd.other+json",
  "text/plain",
);

const SCHEMAS: Readonly<Record<string, string>> = {
  "/v2/payout-links": "PayoutLink",
  "/v2/payouts/send-payout": "PayoutLink",
  "/v2/payout-requests": "PayoutRequest",
};

/** How many requests are in progress at once, over connections that stay open. */
const TOGETHER = 10;
const agent = new Agent({ keepAlive: true });
afterAll(() => agent.destroy());

describe(`of ${RUNS} generated requests to an operation (MOCK_TEST_SEED=${seed})`, () => {
  it.each(PATHS)(
    "%s accepts and refuses the same requests as Prism, and answers in the same form",
    async (path) => {
      let accepted = 0;
      const fits = ajv.compile({ $ref: `spec:document#/components/schemas/${SCHEMAS[path]}` });
      const compare = async (sent: Sent) => {
        const { body, authorization, type } = sent;
        const headers = { authorization, "content-type": type };
        const shape = { path, body: JSON.stringify(body), headers };
        const [ours, theirs] = await Promise.all([
          exchange(mock.url, shape, agent),
          exchange(prism.url, shape, agent),
        ]);
        if (MEANT.some(({ holds }) => holds(sent, ours, theirs))) return;
        expect(ours.status, `${ours.text}\nPrism: ${String(theirs.headers["sl-violations"])}`).toBe(
          theirs.status,
        );
        if (ours.status >= 300) return;
        accepted += 1;
        for (const { text } of [ours, theirs]) expect(fits(JSON.parse(text)), text).toBe(true);
      };
      const requests = fc.array(
        fc.record({ body: bodies(path), authorization: authorizations, type: types }),
        {
          minLength: TOGETHER,
          maxLength: TOGETHER,
        },
      );
      const property = fc.asyncProperty(requests, async (all) => {
        await Promise.all(all.map(compare));
      });
      await fc.assert(property, { numRuns: RUNS / TOGETHER, seed });
      // A comparison of refusals alone would prove little.
      expect(accepted).toBeGreaterThan(RUNS / 10);
    },
  );
});

describe("Prefer chooses the same as with Prism", () => {
  // A success that is only chosen by its status is not among these: the mock carries the request out, and Prism
  // repeats its example.
  it.each([
    "code=400",
    "code=401",
    "code=503",
    "code=302",
    "example=sent",
    "example=claimed",
    "example=none",
    "code=400, example=tooSmall",
    "code=401; example=claimed",
    'code="401"',
    "example=claimed, dynamic=false",
    "unknown=1",
  ])("%s", async (prefer) => {
    const shape = { headers: { prefer } };
    const [ours, theirs] = await Promise.all([exchange(mock.url, shape), exchange(prism.url, shape)]);
    expect(ours.status, `${ours.text}\nPrism: ${theirs.text}`).toBe(theirs.status);
    const chosen = /code|example/.test(prefer) && theirs.headers["content-type"] === "application/json";
    if (chosen) expect(JSON.parse(ours.text)).toEqual(JSON.parse(theirs.text));
  });
});

describe("requests that Prism does not answer", () => {
  it("are answered, such as malformed JSON", async () => {
    expect((await exchange(mock.url, { body: "{" })).status).toBe(400);
  });
});
