import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Mock, startMock } from "../../src/index.ts";
import { post } from "../send.ts";

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

const links = (body: unknown) => post(`${mock.url}/v2/payout-links`, body);
const send = (body: unknown) => post(`${mock.url}/v2/payouts/send-payout`, body);

describe("a refusal names", () => {
  it("the missing field", async () => {
    expect(await links({})).toMatchObject({
      status: 400,
      body: {
        message: "The request is not valid: amount is missing.",
        errors: [{ path: "/amount", code: "required", message: "amount is missing" }],
      },
    });
  });

  it("all reasons at once", async () => {
    const { body } = await links({
      amount: 1.5,
      user_id: "x",
      additional_steps: ["payout", "?", 3],
      memo: 1,
      color: "red",
    });
    expect(body["errors"]).toEqual([
      { path: "/memo", code: "type", message: "memo must be a string" },
      { path: "/amount", code: "type", message: "amount must be an integer" },
      { path: "/user_id", code: "format", message: "user_id must be a valid uuid" },
      expect.objectContaining({ path: "/additional_steps/1", code: "anyOf" }),
      expect.objectContaining({ path: "/additional_steps/2", code: "anyOf" }),
      {
        path: "/color",
        code: "unevaluatedProperties",
        message: "color is not a known field",
      },
    ]);
  });

  it("the condition under which a field is required", async () => {
    const { body } = await links({ amount: 5, delivery: { method: "email" }, payee: {} });
    expect(body["errors"]).toEqual([
      {
        path: "/payee/email",
        code: "required",
        message: "payee.email is missing. A link that is delivered by email needs the payee's email address.",
      },
    ]);
  });

  it("the fields of which one is required", async () => {
    const { body } = await send({ amount: 5 });
    expect(body["errors"]).toEqual([
      { path: "", code: "anyOf", message: "user_id or payee is missing: one of them is needed" },
    ]);
  });

  it("what is wrong with the chosen alternative", async () => {
    const { body } = await send({ amount: 5, payee: { country_code: 1 } });
    expect(body["errors"]).toEqual([
      { path: "/payee/phone_number", code: "required", message: "payee.phone_number is missing" },
      { path: "/payee/country_code", code: "type", message: "payee.country_code must be a string" },
    ]);
  });

  it("the type, if the whole body is wrong", async () => {
    for (const body of ["null", "[]", '"text"', "7"]) {
      expect(await links(body)).toMatchObject({
        status: 400,
        body: { message: "The request is not valid: the body must be an object." },
      });
    }
  });

  it("only as many reasons as a person reads", async () => {
    const { status, body } = await links({
      amount: 5,
      additional_steps: Array.from({ length: 5_000 }, () => 1),
    });
    expect(status).toBe(400);
    expect(body["errors"]).toHaveLength(100);
  });
});
