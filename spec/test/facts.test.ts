import { describe, expect, it } from "vitest";
import { at, fieldsOf, schemaOf } from "./bundle.ts";

const links = "/v2/payout-links";
const send = "/v2/payouts/send-payout";
const requests = "/v2/payout-requests";

const steps = "[compliance id-verification background-check manage-payments manage-payouts payout redirect]";
const linkStatus = "[sent claimed delivery_pending delivery_failed delivered canceled]";
const payoutStatus =
  "[created delivery_pending delivery_failed sent delivered claimed reversed canceled expired]";

const terms = {
  additional_steps: `array of string ${steps}`,
  force_collect_compliance_information: "boolean = false",
  idempotency_key: "string or null uuid",
  memo: "string",
  metadata: "any",
  payout_fee_party: "string or null [user platform null]",
  tax_exempt: "boolean",
};

const person = (prefix: string) => ({
  [`${prefix}.country_code`]: "string",
  [`${prefix}.email`]: "string",
  [`${prefix}.first_name`]: "string",
  [`${prefix}.last_name`]: "string",
  [`${prefix}.phone_number`]: "string",
});

const recipient = {
  payee: "object",
  "payee.country_code": "string, required",
  "payee.phone_number": "string, required",
  user_id: "string uuid",
};

const link = {
  amount: "number, required",
  claimed_user_id: "string uuid",
  created: "string date-time, required",
  delivery: "object",
  "delivery.country_code": "string",
  "delivery.email": "string",
  "delivery.method": "string [link sms email]",
  "delivery.phone_number": "string",
  flow_id: "string uuid",
  id: "string uuid, required",
  link: "string uri, required",
  metadata: "any",
  payee: "object",
  ...person("payee"),
  tax_exempt: "boolean",
};

const request = {
  amount: "number, required",
  created: "string date-time, required",
  id: "string uuid, required",
  memo: "string",
  metadata: "any",
  payee: "object",
  "payee.country_code": "string",
  "payee.phone_number": "string",
  "payout-link": "object",
  ...Object.fromEntries(Object.entries(link).map(([name, says]) => [`payout-link.${name}`, says])),
  "payout-link.accounting_data": "object",
  "payout-link.accounting_data.quickbooks_account_id": "number",
  "payout-link.description": "string",
  "payout-link.status": `string ${payoutStatus}, required`,
  status: "string [created approved rejected], required",
  user: "object",
  "user.auto_payout_enabled": "boolean",
  "user.compliance": "object",
  "user.compliance.1099_collected": "boolean",
  "user.compliance.address_collected": "boolean",
  "user.compliance.date_of_birth_collected": "boolean",
  "user.compliance.flagged": "boolean",
  "user.compliance.id_verified": "boolean",
  "user.compliance.must_collect_1099": "boolean",
  "user.compliance.tax_id_collected": "boolean",
  "user.compliance.w8_ben_collected": "boolean",
  "user.default_payout_method": "string [ach paypal venmo cash_app intl_bank airtm payoneer crypto]",
  "user.email": "string",
  "user.first_name": "string",
  "user.id": "string uuid",
  "user.last_name": "string",
  "user.metadata": "any",
  "user.phone_number": "object",
  "user.phone_number.country_code": "string",
  "user.phone_number.phone_number": "string",
  "user.wallet": "object",
  "user.wallet.amount": "number",
  "user.wallet.credit_balance": "number",
  "user.wallet.withdrawable_amount": "number",
};

describe("the description says of the API", () => {
  it("where it is", () => {
    expect(at("servers")).toEqual([
      expect.objectContaining({ url: "https://api.dots.dev/api", "x-environment": "production" }),
      expect.objectContaining({ url: "https://pls.senddotssandbox.com/api", "x-environment": "sandbox" }),
    ]);
  });

  it("that every operation takes Basic credentials", () => {
    expect(at("security")).toEqual([{ clientCredentials: [] }]);
    expect(at("components", "securitySchemes", "clientCredentials")).toMatchObject({
      type: "http",
      scheme: "basic",
    });
    for (const path of [links, send, requests]) expect(at("paths", path, "post", "security")).toBeUndefined();
  });

  it.each([
    [links, "payoutLinks.create", "/idempotency_key", "200"],
    [send, "payouts.send", "/idempotency_key", "201"],
    [requests, "payoutRequests.create", undefined, "201"],
  ])("what %s is called, where its key stands and how it succeeds", (path, client, key, status) => {
    expect(at("paths", path, "post", "x-client")).toBe(client);
    expect(at("paths", path, "post", "x-idempotency-key")).toBe(key);
    expect(at("paths", path, "post", "requestBody", "required")).toBe(true);
    const responses = at("paths", path, "post", "responses");
    expect(Object.keys(Object(responses))).toEqual([status, "400", "401", "4XX", "5XX"]);
  });

  it("what a request for a payout link holds", () => {
    expect(fieldsOf(schemaOf(links))).toEqual({
      amount: "integer > 0, required",
      delivery: "object",
      "delivery.message": "string",
      "delivery.method": "string [sms link email all]",
      payee: "object",
      ...person("payee"),
      user_id: "string uuid",
      ...terms,
    });
  });

  it("what a request to send a payout holds", () => {
    expect(fieldsOf(schemaOf(send))).toEqual({
      amount: "integer > 0, required",
      delivery: "object",
      "delivery.message": "string",
      ...recipient,
      ...terms,
    });
  });

  it("what a request for a payout request holds", () => {
    expect(fieldsOf(schemaOf(requests))).toEqual({
      amount: "integer > 0, required",
      memo: "string",
      metadata: "any",
      ...recipient,
    });
  });

  it("what a payout link is", () => {
    expect(fieldsOf(schemaOf(links, "200"))).toEqual({ ...link, status: `string ${linkStatus}, required` });
  });

  it("what a sent payout is", () => {
    expect(fieldsOf(schemaOf(send, "201"))).toEqual({ ...link, status: `string ${payoutStatus}, required` });
  });

  it("what a payout request is", () => {
    expect(fieldsOf(schemaOf(requests, "201"))).toEqual(request);
  });

  it.each(["400", "401", "4XX", "5XX"])("as little as possible of a %s", (status) => {
    for (const path of [links, send, requests]) {
      expect(fieldsOf(schemaOf(path, status))).toEqual({ message: "string, required" });
    }
  });
});
