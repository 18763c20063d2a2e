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
  it("passes when the pending changesets go as far as the changes ask for, or further", () => {
    expect(judge(situation({ pending: ["patch", "minor"] }))).toMatchObject({
      passes: true,
      version: "1.3.0",
    });
    expect(judge(situation({ pending: ["major"] }))).toMatchObject({ passes: true, version: "2.0.0" });
  });

  it("fails when they fall short, or when there are none", () => {
    expect(judge(situation({ pending: ["patch"] }))).toMatchObject({ passes: false, planned: "patch" });
    expect(judge(situation({}))).toMatchObject({ passes: false, planned: "none", floor: "minor" });
  });

  it("takes a minor for a break below 1.0, but no patch", () => {
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

  it("counts the version that has been raised and not published yet", () => {
    expect(judge(situation({ current: "1.3.0" }))).toMatchObject({ passes: true, planned: "minor" });
    expect(judge(situation({ current: "1.2.1" }))).toMatchObject({ passes: false, planned: "patch" });
    expect(judge(situation({ current: "1.2.1", pending: ["minor"] }))).toMatchObject({ passes: true });
  });

  it("may fall short when somebody has said why, of this floor and as far down as this", () => {
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
