import { judge, type Situation } from "@dots-payouts/release";
import { describe, expect, it } from "vitest";

const breaking = { impact: "breaking", where: "things.make", text: "It is gone." } as const;
const addition = { impact: "addition", where: "things.make", text: "It is new." } as const;

const situation = (more: Partial<Situation>): Situation => ({
  changes: [addition],
  released: "1.2.0",
  current: "1.2.0",
  pending: [],
  lowered: [],
  ...more,
});

describe("a release", () => {
  it("passes if the pending changesets bump as much as the changes require, or more", () => {
    expect(judge(situation({ pending: ["patch", "minor"] }))).toMatchObject({
      passes: true,
      version: "1.3.0",
    });
    expect(judge(situation({ pending: ["major"] }))).toMatchObject({ passes: true, version: "2.0.0" });
  });

  it("fails if they bump less, or if there are none", () => {
    expect(judge(situation({ pending: ["patch"] }))).toMatchObject({ passes: false, planned: "patch" });
    expect(judge(situation({}))).toMatchObject({ passes: false, planned: "none", floor: "minor" });
  });

  it("accepts a minor for a break below 1.0, but not a patch", () => {
    const young = { changes: [breaking], released: "0.4.0", current: "0.4.0" };
    expect(judge(situation({ ...young, pending: ["minor"] }))).toMatchObject({
      passes: true,
      version: "0.5.0",
    });
    expect(judge(situation({ ...young, pending: ["patch"] }))).toMatchObject({
      passes: false,
      floor: "minor",
    });
  });

  it("counts a version that was raised but not published", () => {
    expect(judge(situation({ current: "1.3.0" }))).toMatchObject({ passes: true, planned: "minor" });
    expect(judge(situation({ current: "1.2.1" }))).toMatchObject({ passes: false, planned: "patch" });
    expect(judge(situation({ current: "1.2.1", pending: ["minor"] }))).toMatchObject({ passes: true });
  });

  it("may bump less if somebody gave a reason, from this floor to this bump", () => {
    const reason = "The field was never filled, by the API's own account.";
    const lowered = [{ from: "major", to: "minor", reason } as const];
    const broken = { changes: [breaking], lowered };
    expect(judge(situation({ ...broken, pending: ["minor"] }))).toMatchObject({
      passes: true,
      lowered: { reason },
    });
    expect(judge(situation({ ...broken, pending: ["patch"] }))).toMatchObject({ passes: false });
    expect(judge(situation({ lowered, pending: ["patch"] }))).toMatchObject({ passes: false });
    expect(judge(situation({ ...broken, pending: ["major"] })).lowered).toBeUndefined();
  });
});
