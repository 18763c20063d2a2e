import { expect, it } from "vitest";
import { startMock } from "../../src/index.ts";
import { post } from "../send.ts";

const content = (schema: object) => ({ "application/json": { schema } });
const amount = { type: "number", multipleOf: 0.01, exclusiveMinimum: 0, maximum: 999_999.99 };
const check = (more: object) => ({
  requestBody: {
    required: true,
    content: content({ type: "object", required: ["amount"], properties: { amount } }),
  },
  responses: {
    "200": { description: "Done.", content: content({ type: "object" }) },
    "422": { description: "No.", content: content({ type: "object" }) },
  },
  ...more,
});

const SPEC = {
  openapi: "3.1.0",
  info: { title: "Checks", version: "1" },
  paths: {
    "/checks": { post: check({}) },
    "/named": { post: check({ parameters: [{ name: "name", in: "query", schema: { enum: ["a"] } }] }) },
  },
};

it.each(["/checks", "/named"])("counts amounts to %s in decimals", async (path) => {
  await using mock = await startMock({ spec: SPEC });
  const sent = (value: number) => post(mock.url + path, { amount: value });
  for (const value of [19.99, 4.35, 0.29, 0.07, 999_999.99]) {
    expect([value, (await sent(value)).status]).toEqual([value, 200]);
  }
  expect(await sent(0.075)).toMatchObject({
    status: 422,
    body: { errors: [{ path: "/amount", message: "amount must be a multiple of 0.01" }] },
  });
});
