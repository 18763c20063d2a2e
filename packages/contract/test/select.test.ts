import { describe, expect, it } from "vitest";
import { planChecks } from "../src/run/plan.ts";
import { selectChecks, wantedOperations } from "../src/run/select.ts";
import { openSuite } from "../src/suite/suite.ts";

describe("planning what was selected", () => {
  const suite = openSuite({ seed: 1 });
  const all = planChecks(suite);
  const [first = "", second = ""] = suite.operations.map(({ operation }) => operation.id);

  it.each([
    [`${first}/`],
    [`${first.toUpperCase()}/REFUSES`],
    [`${first.slice(-6)}/accepts`],
    [`${first}/answers`, `${second}/refuses`],
    [`${first}/`, "authenticates"],
    ["refuses/"],
    ["s/"],
    ["*/idempotency"],
    [second],
  ])("finds the same checks as a plan of everything: %s", (...only) => {
    const ids = (checks: typeof all) => selectChecks(checks, { only }).map(({ id }) => id);
    expect(ids(planChecks(suite, { only }))).toEqual(ids(all));
  });

  it("leaves out operations of which nothing is selected", () => {
    expect([...wantedOperations([first, second], { only: [`${first}/refuses`] })]).toEqual([first]);
  });

  it("leaves out nothing where the ID of an operation has a slash", () => {
    const ids = [first, "GET /things"];
    expect([...wantedOperations(ids, { only: [`${first}/refuses`] })]).toEqual(ids);
  });
});
