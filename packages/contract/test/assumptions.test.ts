import { expect, it } from "vitest";
import { overlooks } from "./faults/fault.ts";
import { checkReference } from "./servers.ts";

/** The spec says that unknown fields are refused, and that this is only assumed. */
const takesUnknown = overlooks(({ keyword }) => keyword === "unevaluatedProperties");

it("what differs from an assumption is told apart from broken promises, with the reason", async () => {
  const report = await checkReference(takesUnknown, { only: ["refuses"] });
  expect(report.causes).toEqual([]);
  expect(report.failed).toBe(0);
  expect(report.differing).toBeGreaterThan(0);
  const unknown = report.assumptions.find(({ cause }) => cause.includes("contract_suite_unknown"));
  expect(unknown?.cause).toBe("not refused: /contract_suite_unknown is not a known field");
  expect(unknown?.detail.assumption).toContain("not that an unknown field is refused");
});

it("it is a broken promise where the run is strict", async () => {
  const report = await checkReference(takesUnknown, { only: ["refuses"], strict: true });
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
    { only: ["refuses", "answers"] },
  );
  expect(report.causes).toEqual([]);
  expect(report.assumptions[0]?.detail.assumption).toContain(reason);
});
