import { compareVersions, distance, floorOf, furthest, next, reaches } from "@dots-payouts/release";
import { describe, expect, it } from "vitest";

const change = (impact: "breaking" | "addition" | "words") => ({ impact, where: "", text: "" });

describe("floorOf", () => {
  it.each([
    ["1.2.3", ["breaking", "words"], "major"],
    ["1.2.3", ["words", "addition"], "minor"],
    ["1.2.3", ["words"], "patch"],
    ["1.2.3", [], "none"],
    ["0.2.3", ["breaking"], "minor"],
    ["0.2.3", ["addition"], "patch"],
    ["0.2.3", ["words"], "patch"],
  ] as const)("after %s, requires for %j a %s", (version, impacts, bump) => {
    expect(floorOf(impacts.map(change), version)).toBe(bump);
  });
});

describe("versions", () => {
  it.each([
    ["1.2.3", "major", "2.0.0"],
    ["1.2.3", "minor", "1.3.0"],
    ["1.2.3", "patch", "1.2.4"],
    ["1.2.3", "none", "1.2.3"],
  ] as const)("%s and a %s lead to %s", (version, bump, result) => {
    expect(next(version, bump)).toBe(result);
    expect(distance(version, result)).toBe(bump);
  });

  it("are ordered by number, not by letter", () => {
    expect(["1.10.0", "1.9.0", "0.11.2", "1.9.10"].sort(compareVersions)).toEqual([
      "0.11.2",
      "1.9.0",
      "1.9.10",
      "1.10.0",
    ]);
  });

  it("that are lower count as no bump", () => {
    expect(distance("2.0.0", "1.9.9")).toBe("none");
  });

  it.each(["1.2", "v1.2.3", "1.2.3-beta.1"])("can't be %s", (version) => {
    expect(() => next(version, "patch")).toThrow("is not a released version");
  });
});

describe("bumps", () => {
  it("have an order", () => {
    expect(furthest(["patch", "major", "none"])).toBe("major");
    expect(furthest([])).toBe("none");
    expect(reaches("minor", "minor")).toBe(true);
    expect(reaches("patch", "minor")).toBe(false);
  });
});
