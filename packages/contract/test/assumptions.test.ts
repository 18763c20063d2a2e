import { describe, expect, it } from "vitest";
import { omit, overlooks } from "./faults/fault.ts";
import { type Behaviour, SECOND_PASSWORD, SECOND_USERNAME } from "./reference/server.ts";
import { checkReference } from "./servers.ts";

/** The spec says that unknown fields are refused, and that this is only assumed. */
const takesUnknown = overlooks(({ keyword }) => keyword === "unevaluatedProperties");

it("what differs from an assumption is told apart from broken promises, with the reason", async () => {
  const report = await checkReference(takesUnknown, { only: ["createPayoutLink/refuses"] });
  expect(report.causes).toEqual([]);
  expect(report.failed).toBe(0);
  expect(report.differing).toBeGreaterThan(0);
  const unknown = report.assumptions.find(({ cause }) => cause.includes("contract_suite_unknown"));
  expect(unknown?.cause).toBe("not refused: /contract_suite_unknown is not a known field");
  expect(unknown?.detail.assumption).toContain("not that an unknown field is refused");
});

it("it is a broken promise where the run is strict", async () => {
  const report = await checkReference(takesUnknown, { only: ["createPayoutLink/refuses"], strict: true });
  expect(report.assumptions).toEqual([]);
  expect(report.causes.map(({ cause }) => cause)).toContain(
    "not refused: /contract_suite_unknown is not a known field",
  );
  expect(report.differing).toBe(0);
});

it.each([
  ["which status a refusal has", "Statuses and bodies of refusals", { status: 500 }],
  ["what is in the body of a refusal", "The bodies of failures", { body: {} }],
])("%s is an assumption", async (_, reason, change) => {
  const report = await checkReference(
    { reply: (reply) => (reply.status === 400 ? { ...reply, ...change } : reply) },
    { only: ["createPayoutRequest/refuses", "createPayoutRequest/answers"] },
  );
  expect(report.causes).toEqual([]);
  expect(report.assumptions[0]?.detail.assumption).toContain(reason);
});

it("a format is an assumption where the dialect of the spec only annotates it, but for the key's", async () => {
  const report = await checkReference(
    overlooks(({ keyword }) => keyword === "format"),
    { only: ["createPayoutLink/refuses/user-id", "createPayoutLink/refuses/idempotency-key"] },
  );
  expect(report.causes.map(({ cause }) => cause)).toEqual([
    expect.stringContaining("not refused: /idempotency_key"),
  ]);
  expect(report.assumptions.map(({ detail }) => detail.assumption)).toEqual([
    "In the spec's dialect of JSON Schema, `format` is only an annotation.",
  ]);
});

describe("what is assumed does not hide what is promised", () => {
  /** A server may leave out what nobody has promised to give back. */
  const forgetful: Behaviour = { make: (made) => omit(made, "memo") };

  it("of replays to strangers", async () => {
    const report = await checkReference(
      { ...forgetful, replaysTo: () => true },
      { only: ["sendPayout/idempotency"] },
    );
    expect(report.causes.map(({ severity, cause }) => `${severity}: ${cause}`)).toContain(
      "security: wrong credentials are accepted",
    );
  });

  it("of keys that accounts share", async () => {
    const report = await checkReference(
      { ...forgetful, key: (key) => key?.replace(/ [^ ]*$/, "") },
      { only: ["scope"], secondUsername: SECOND_USERNAME, secondPassword: SECOND_PASSWORD },
    );
    expect(report.assumptions.map(({ cause }) => cause)).toContain(
      "a key returns what another account created with it",
    );
  });

  it("of keys that are forgotten", async () => {
    const report = await checkReference(
      { ...forgetful, remember: () => {} },
      { only: ["sendPayout/idempotency"] },
    );
    const [worst] = report.causes;
    expect(worst?.severity).toBe("money");
    expect(worst?.cause).toMatch(/^a replay creates another resource/);
  });
});
