import { describe, expect, it } from "vitest";
import { EMPTY_LINK, NEW_LINK, NEW_REQUEST, OLD_LINK, OLD_REQUEST } from "./answers.ts";
import { gives, problems, schemaOf } from "./bundle.ts";

const LINK_ANSWERS = [
  ["createPayoutLink", "200"],
  ["createPayoutLink", "201"],
  ["createPayoutLink", "202"],
  ["sendPayout", "201"],
] as const;

describe.each(LINK_ANSWERS)("%s may answer %s with", (id, status) => {
  it.each(Object.entries({ "an old link": OLD_LINK, "a new link": NEW_LINK, "an empty link": EMPTY_LINK }))(
    "%s",
    (_, link) => {
      expect(problems(schemaOf(id, status), link)).toEqual([]);
    },
  );

  it.each([
    "created",
    "funds_pending",
    "failed",
    "sent",
    "delivery_pending",
    "delivery_failed",
    "delivered",
    "claimed",
    "reversed",
    "canceled",
    "expired",
  ])("the status %s", (link) => {
    expect(gives(id, status, { ...OLD_LINK, status: link })).toBe(true);
  });

  it("unknown fields", () => {
    expect(gives(id, status, { ...NEW_LINK, payout_speed: "instant" })).toBe(true);
  });
});

describe("a payout link", () => {
  it.each(["id", "created", "amount", "status"])("always has a %s", (name) => {
    expect(gives("createPayoutLink", "200", { ...NEW_LINK, [name]: null })).toBe(false);
  });

  it.each([
    "2024-02-19T08:30:00Z",
    "2024-02-19T08:30:00.5Z",
    "2024-02-19T08:30:00+02:00",
    "2024-02-19T08:30:00",
    "2024-02-19T08:30:00.479437",
  ])("can be created at %s", (created) => {
    expect(gives("createPayoutLink", "200", { ...NEW_LINK, created })).toBe(true);
  });

  it.each([
    "2024-02-19T08:30:00+0000",
    "2024-02-19T08:30:00.479437+0000",
    "2024-02-19 08:30:00",
    "2024-02-19",
    "1708331400",
    1708331400,
  ])("can't be created at %s", (created) => {
    expect(gives("createPayoutLink", "200", { ...NEW_LINK, created })).toBe(false);
  });

  it.each(["text", 7, null, true, [1], { order: "A-20931" }])("can have %j as metadata", (metadata) => {
    expect(gives("createPayoutLink", "200", { ...NEW_LINK, metadata })).toBe(true);
  });
});

describe("createPayoutRequest may answer 201 with", () => {
  it.each(
    Object.entries({
      "an old request": OLD_REQUEST,
      "a new request": NEW_REQUEST,
      "an approved request": { ...NEW_REQUEST, status: "approved", "payout-link": NEW_LINK },
      "a request without a user": { ...NEW_REQUEST, user: null },
    }),
  )("%s", (_, request) => {
    expect(problems(schemaOf("createPayoutRequest", "201"), request)).toEqual([]);
  });

  it("no link instead of a wrong one", () => {
    expect(gives("createPayoutRequest", "201", { ...NEW_REQUEST, "payout-link": { id: "7" } })).toBe(false);
  });
});

describe("a failure can be", () => {
  it.each([
    { message: "No." },
    { message: "No.", error_code: "transaction-insufficient-funds" },
    { message: "No.", code: "invalid-phone-number-voip", success: false },
    { message: "No.", code: null, error: { code: "resource-busy" } },
    { message: "No.", error_code: "something-new" },
  ])("%j", (problem) => {
    expect(gives("createPayoutLink", "4XX", problem)).toBe(true);
  });
});
