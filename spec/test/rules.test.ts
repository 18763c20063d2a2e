import { describe, expect, it } from "vitest";
import { takes } from "./bundle.ts";

const links = "/v2/payout-links";
const send = "/v2/payouts/send-payout";
const requests = "/v2/payout-requests";

const amount = 1000;
const user_id = "9b2d7f4e-62c1-4d0e-8a43-6f1f0f5c2a90";
const phone = { country_code: "1", phone_number: "2025550139" };

describe.each([links, send, requests])("%s", (path) => {
  const body = { amount, user_id };

  it.each([1, 1000])("takes an amount of %d cents", (cents) => {
    expect(takes(path, { ...body, amount: cents })).toBe(true);
  });

  it.each([0, -1, 10.5, "1000", null])("refuses an amount of %j", (cents) => {
    expect(takes(path, { ...body, amount: cents })).toBe(false);
  });

  it("refuses a request without an amount", () => {
    expect(takes(path, { user_id })).toBe(false);
  });

  it("refuses a user ID that is no UUID", () => {
    expect(takes(path, { amount, user_id: "me" })).toBe(false);
  });

  it.each(["text", 7, null, true, [1], { order: "A-20931" }])("takes %j as metadata", (metadata) => {
    expect(takes(path, { ...body, metadata })).toBe(true);
  });
});

describe.each([send, requests])("who is paid by %s", (path) => {
  it.each([{ user_id }, { payee: phone }, { user_id, payee: phone }])("may be %j", (recipient) => {
    expect(takes(path, { amount, ...recipient })).toBe(true);
  });

  it.each([
    {},
    { payee: {} },
    { payee: { country_code: "1" } },
    { payee: { phone_number: "2025550139" } },
    { user_id, payee: { country_code: "1" } },
  ])("can't be %j", (recipient) => {
    expect(takes(path, { amount, ...recipient })).toBe(false);
  });
});

describe("a payout link", () => {
  it.each([
    {},
    { payee: {} },
    { payee: { first_name: "Priya" } },
    { delivery: {} },
    { delivery: { method: "link" } },
    { delivery: { method: "all" } },
    { delivery: { method: "sms" }, payee: phone },
    { delivery: { method: "email" }, payee: { email: "priya.raman@example.com" } },
    { delivery: { message: "Your earnings are ready." } },
  ])("may be asked for with %j", (more) => {
    expect(takes(links, { amount, ...more })).toBe(true);
  });

  it.each([
    { delivery: { method: "sms" } },
    { delivery: { method: "sms" }, payee: { country_code: "1" } },
    { delivery: { method: "sms" }, payee: { email: "priya.raman@example.com" } },
    { delivery: { method: "email" } },
    { delivery: { method: "email" }, payee: phone },
    { delivery: { method: "fax" } },
  ])("can't be asked for with %j", (more) => {
    expect(takes(links, { amount, ...more })).toBe(false);
  });
});

describe.each([links, send])("the terms of %s", (path) => {
  const body = { amount, user_id };

  it.each([
    { idempotency_key: null },
    { idempotency_key: user_id },
    { payout_fee_party: null },
    { payout_fee_party: "user" },
    { payout_fee_party: "platform" },
    { additional_steps: [] },
    { additional_steps: ["id-verification", "redirect"] },
  ])("may be %j", (terms) => {
    expect(takes(path, { ...body, ...terms })).toBe(true);
  });

  it.each([
    { idempotency_key: "again" },
    { payout_fee_party: "payee" },
    { additional_steps: ["payday"] },
    { additional_steps: "payout" },
    { tax_exempt: "yes" },
    { force_collect_compliance_information: 1 },
    { memo: 7 },
  ])("can't be %j", (terms) => {
    expect(takes(path, { ...body, ...terms })).toBe(false);
  });
});
