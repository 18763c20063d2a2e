import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Json } from "@dots-payouts/openapi";
import { describe, expect, it } from "vitest";
import { inside, refuses } from "./faults/fault.ts";
import { combine } from "./reference/combine.ts";
import type { Behavior } from "./reference/server.ts";
import { checkReference } from "./servers.ts";

const USER = "0b7c1f7a-52d1-4e0a-9c35-0d9a1b6c8e42";
const given = (value: Json | undefined, pattern: RegExp): boolean =>
  value !== undefined && !pattern.test(String(value));

/** Typical rules of servers with real data that the spec does not mention. */
const rules: Readonly<Record<string, Behavior>> = {
  "knows its users": refuses((sent) => sent["user_id"] !== undefined && sent["user_id"] !== USER),
  "checks phone numbers": refuses((sent) => given(inside(sent, "payee", "phone_number"), /^\d{6,14}$/)),
  "checks country codes": refuses((sent) => given(inside(sent, "payee", "country_code"), /^\d{1,3}$/)),
  "checks email addresses": refuses((sent) =>
    given(inside(sent, "payee", "email"), /^[^@\s]+@[^@\s]+\.[^@\s]+$/),
  ),
  "has a limit": refuses((sent) => Number(sent["amount"]) > 5_000_000),
  "stores amounts in a single float": refuses(
    (sent) => Math.fround(Number(sent["amount"])) !== Number(sent["amount"]),
  ),
  "accepts only short memos": refuses((sent) => String(sent["memo"] ?? "").length > 255),
  "refuses markup in a memo": refuses((sent) => String(sent["memo"]).includes("<")),
  "accepts only little metadata": refuses((sent) => JSON.stringify(sent["metadata"] ?? "").length > 500),
  "accepts only normalized strings": refuses(
    (sent) => JSON.stringify(sent) !== JSON.stringify(sent).normalize("NFC"),
  ),
};

describe("a server that has its own rules", () => {
  it.each(Object.entries(rules))("breaks no promise if it %s", async (words, behavior) => {
    // The smallest operation has all fields of these rules, except for an email address.
    const only = words.includes("email")
      ? "createPayoutLink/accepts/payee-email"
      : "createPayoutRequest/accepts";
    const report = await checkReference(behavior, { only: [only] });
    expect(report.causes).toEqual([]);
    expect(report.refused).toBeGreaterThan(0);
    expect(report.ownRules.length).toBeGreaterThan(0);
    const { passed, failed, differing, refused } = report;
    expect(passed + failed + differing + refused).toBe(report.checks.length);
  });

  it("breaks no promise if it has all of these rules", async () => {
    const report = await checkReference(combine(Object.values(rules)), {
      only: ["createPayoutLink/accepts", "createPayoutLink/answers", "createPayoutLink/idempotency"],
    });
    expect(report.causes).toEqual([]);
    const about = report.ownRules.map((rule) => rule.about);
    expect(about).toContain("/user_id: a UUID");
    expect(about).toContain("/payee/phone_number: a phone number");
    expect(about).toContain("/payee/email: an email address");
    expect(about).toContain("/amount: a larger number");
    expect(report.passed).toBeGreaterThan(report.refused * 3);
  });

  it("breaks a promise if it refuses plain values", async () => {
    const picky = refuses((sent) => sent["tax_exempt"] === true && sent["user_id"] !== USER);
    const report = await checkReference(picky, { only: ["createPayoutLink/accepts/tax-exempt"] });
    expect(report.causes[0]?.detail.exchanges.at(-1)?.request).toBe(
      'POST /v2/payout-links {"amount":1,"tax_exempt":true}',
    );
  });
});

describe("an operation that accepts nothing", () => {
  it("is not checked, and reported", async () => {
    const run = checkReference(
      refuses(() => true),
      { only: ["sendPayout/accepts"] },
    );
    await expect(run).rejects.toThrow(
      /^sendPayout accepted no request \(400 .*\), so it could not be checked/,
    );
    await expect(run).rejects.toThrow("--values <file>");
  });
});

it("refuses a header option that the spec does not have, by name", async () => {
  await expect(checkReference({}, { headerOptions: { shop: "7" } })).rejects.toThrow(
    "the spec has no header option shop; it has appId, userIp",
  );
});

describe("values that exist on the server", () => {
  const known = combine([
    refuses((sent) => sent["user_id"] !== undefined && sent["user_id"] !== USER),
    refuses((sent) => given(inside(sent, "payee", "phone_number"), /^4155550100$/)),
    refuses((sent) => Number(sent["amount"]) > 900),
  ]);
  const values = {
    "/user_id": USER,
    "/payee": { country_code: "1", phone_number: "4155550100" },
    "/amount": [500, 800],
  };

  it("are sent, and must be accepted", async () => {
    const report = await checkReference(known, {
      values,
      only: ["createPayoutLink/accepts/given", "sendPayout/accepts", "sendPayout/idempotency/replay"],
    });
    expect(report.causes).toEqual([]);
    const ids = report.checks.filter(({ status }) => status === "passed").map(({ id }) => id);
    expect(ids).toContain("sendPayout/accepts/given-user-id-1");
    expect(ids).toContain("createPayoutLink/accepts/given-amount-2");
    expect(ids).toContain("sendPayout/idempotency/replay");
  });

  it("break a promise if they are refused", async () => {
    const forgetful = refuses((sent) => sent["user_id"] === USER);
    const report = await checkReference(forgetful, { values, only: ["sendPayout/accepts/given"] });
    expect(report.causes.flatMap(({ checks }) => checks)).toContain("sendPayout/accepts/given-user-id-1");
  });

  it("are read from a file", async () => {
    const folder = await mkdtemp(join(tmpdir(), "contract-"));
    try {
      const file = join(folder, "values.json");
      await writeFile(file, JSON.stringify(values));
      const report = await checkReference(known, { values: file, only: ["given"] });
      expect(report.passed).toBe(report.checks.length);
      expect(report.checks.length).toBeGreaterThan(5);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it.each([
    [{ "/usr_id": USER }, "a value was given for /usr_id, but no request body in the spec has this place"],
    [{ "/amount": "much" }, 'the spec does not allow the value "much" that was given for /amount'],
    [[], "are not an object with JSON Pointers"],
    ["no-such-file.json", "the values no-such-file.json: this file cannot be read"],
  ])("are refused if they can't be used: %j", async (wrong, message) => {
    await expect(checkReference({}, { values: wrong })).rejects.toThrow(message);
  });
});
