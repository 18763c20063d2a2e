import { describe, expect, it } from "vitest";
import { omit, overlooks } from "./faults/fault.ts";
import { type Behavior, SECOND_PASSWORD, SECOND_USERNAME } from "./reference/server.ts";
import { checkReference } from "./servers.ts";

/** In the spec, it is only assumed that unknown fields are refused. */
const takesUnknown = overlooks(({ keyword }) => keyword === "unevaluatedProperties");

it("reports a difference from an assumption separately from broken promises, with the reason", async () => {
  const report = await checkReference(takesUnknown, { only: ["createPayoutLink/refuses"] });
  expect(report.causes).toEqual([]);
  expect(report.failed).toBe(0);
  expect(report.differing).toBeGreaterThan(0);
  const unknown = report.assumptions.find(({ cause }) => cause.includes("contract_suite_unknown"));
  expect(unknown?.cause).toBe("not refused: /contract_suite_unknown is not a known field");
  expect(unknown?.detail.assumption).toContain("not that an unknown field is refused");
});

it("reports it as a broken promise if the run is strict", async () => {
  const report = await checkReference(takesUnknown, {
    only: ["createPayoutLink/refuses/an-unknown"],
    strict: true,
  });
  expect(report.assumptions).toEqual([]);
  expect(report.causes.map(({ cause }) => cause)).toContain(
    "not refused: /contract_suite_unknown is not a known field",
  );
  expect(report.differing).toBe(0);
});

it.each([
  ["which status a refusal has", "Statuses and bodies of refusals", { status: 500 }],
  ["what is in the body of a refusal", "The bodies of failures", { body: {} }],
])("treats as an assumption: %s", async (_, reason, change) => {
  const report = await checkReference(
    { reply: (reply) => (reply.status === 400 ? { ...reply, ...change } : reply) },
    { only: ["createPayoutRequest/refuses", "createPayoutRequest/answers"] },
  );
  expect(report.causes).toEqual([]);
  expect(report.assumptions[0]?.detail.assumption).toContain(reason);
});

it("treats a format as an assumption if the spec's dialect only annotates it, except for the key's format", async () => {
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

describe("an assumption does not hide a promise", () => {
  /** A server may leave out values that nobody has promised to return. */
  const forgetful: Behavior = { make: (made) => omit(made, "memo") };

  it("about replays with wrong credentials", async () => {
    const report = await checkReference(
      { ...forgetful, replaysTo: () => true },
      { only: ["sendPayout/idempotency"] },
    );
    expect(report.causes.map(({ severity, cause }) => `${severity}: ${cause}`)).toContain(
      "security: wrong credentials are accepted",
    );
  });

  it("about keys of two accounts", async () => {
    const report = await checkReference(
      { ...forgetful, key: (key) => key?.replace(/ [^ ]*$/, "") },
      { only: ["scope"], secondUsername: SECOND_USERNAME, secondPassword: SECOND_PASSWORD },
    );
    expect(report.assumptions.map(({ cause }) => cause)).toContain(
      "a key returns what another account created with it",
    );
  });

  it("about forgotten keys", async () => {
    const report = await checkReference(
      { ...forgetful, remember: () => {} },
      { only: ["sendPayout/idempotency"] },
    );
    const [worst] = report.causes;
    expect(worst?.severity).toBe("money");
    expect(worst?.cause).toMatch(/^a replay creates another resource/);
  });
});
