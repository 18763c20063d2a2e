import { describe, expect, it } from "vitest";
import { takes } from "./bundle.ts";

const LINK = "createPayoutLink";
const SEND = "sendPayout";
const REQUEST = "createPayoutRequest";

const amount = 1000;
const user_id = "9b2d7f4e-62c1-4d0e-8a43-6f1f0f5c2a90";
const phone = { country_code: "1", phone_number: "2025550139" };

describe.each([LINK, SEND, REQUEST])("%s", (id) => {
  const body = { amount, user_id };

  it.each([1, 1000])("accepts an amount of %d cents", (cents) => {
    expect(takes(id, { ...body, amount: cents })).toBe(true);
  });

  it.each([0, -1, 10.5, "1000", null])("refuses an amount of %j", (cents) => {
    expect(takes(id, { ...body, amount: cents })).toBe(false);
  });

  it("refuses a request without an amount", () => {
    expect(takes(id, { user_id })).toBe(false);
  });

  it("refuses a user ID that is not a UUID", () => {
    expect(takes(id, { amount, user_id: "me" })).toBe(false);
  });

  it.each(["text", {}, { order: "A-20931", items: [1, { deep: null }] }])(
    "accepts %j as metadata",
    (metadata) => {
      expect(takes(id, { ...body, metadata })).toBe(true);
    },
  );

  it.each([7, null, true, [1]])("refuses %j as metadata", (metadata) => {
    expect(takes(id, { ...body, metadata })).toBe(false);
  });

  it("refuses an unknown field, but accepts one in a nested object", () => {
    expect(takes(id, { ...body, color: "red" })).toBe(false);
    expect(takes(id, { ...body, payee: { ...phone, color: "red" } })).toBe(true);
  });
});

describe.each([SEND, REQUEST])("who is paid by %s", (id) => {
  it.each([{ user_id }, { payee: phone }, { user_id, payee: phone }])("can be %j", (recipient) => {
    expect(takes(id, { amount, ...recipient })).toBe(true);
  });

  it.each([
    {},
    { payee: {} },
    { payee: { country_code: "1" } },
    { payee: { phone_number: "2025550139" } },
    { user_id, payee: { country_code: "1" } },
  ])("can't be %j", (recipient) => {
    expect(takes(id, { amount, ...recipient })).toBe(false);
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
    { description: "Payroll", funding_source: "ach", hide_go_to_dashboard_on_complete: true },
    { additional_steps: ["compliance", { name: "redirect", redirect_url: "https://example.com/" }] },
    { additional_steps: [{ name: "payout", payout_fee_party: null, auto_payout_enabled: true }] },
  ])("can be requested with %j", (more) => {
    expect(takes(LINK, { amount, ...more })).toBe(true);
  });

  it.each([
    { delivery: { method: "sms" } },
    { delivery: { method: "sms" }, payee: { country_code: "1" } },
    { delivery: { method: "sms" }, payee: { email: "priya.raman@example.com" } },
    { delivery: { method: "email" } },
    { delivery: { method: "email" }, payee: phone },
    { delivery: { method: "fax" } },
    { funding_source: "card" },
    { additional_steps: ["compliance", "compliance"] },
    { additional_steps: [{ redirect_url: "https://example.com/" }] },
    { additional_steps: [{ name: "payday" }] },
  ])("can't be requested with %j", (more) => {
    expect(takes(LINK, { amount, ...more })).toBe(false);
  });
});

describe.each([
  [SEND, "description"],
  [SEND, "funding_source"],
  [SEND, "hide_go_to_dashboard_on_complete"],
  [REQUEST, "description"],
  [REQUEST, "idempotency_key"],
  [REQUEST, "tax_exempt"],
  [REQUEST, "delivery"],
])("%s", (id, field) => {
  it(`refuses ${field}`, () => {
    expect(takes(id, { amount, user_id, [field]: true })).toBe(false);
    expect(takes(id, { amount, user_id, [field]: "ach" })).toBe(false);
    expect(takes(id, { amount, user_id, [field]: {} })).toBe(false);
  });
});

describe.each([LINK, SEND])("the terms of %s", (id) => {
  const body = { amount, user_id };

  it.each([
    { idempotency_key: null },
    { idempotency_key: user_id },
    { payout_fee_party: null },
    { payout_fee_party: "user" },
    { payout_fee_party: "platform" },
    { additional_steps: [] },
    { additional_steps: ["id-verification", "redirect", "pdf-form-fill"] },
    { accounting_data: {} },
  ])("can be %j", (terms) => {
    expect(takes(id, { ...body, ...terms })).toBe(true);
  });

  it.each([
    { idempotency_key: "again" },
    { payout_fee_party: "payee" },
    { additional_steps: ["payday"] },
    { additional_steps: "payout" },
    { tax_exempt: "yes" },
    { force_collect_compliance_information: 1 },
    { memo: 7 },
    { accounting_data: 4100 },
  ])("can't be %j", (terms) => {
    expect(takes(id, { ...body, ...terms })).toBe(false);
  });
});
