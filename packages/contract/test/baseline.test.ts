import type { Json } from "@dots-payouts/openapi";
import { describe, expect, it } from "vitest";
import { markKnown } from "../src/report/baseline.ts";
import { overlooks } from "./faults/fault.ts";
import { combine } from "./reference/combine.ts";
import { checkReference } from "./servers.ts";

/** A server with faults that random values show too, worded differently each time. */
const faulty = combine([
  overlooks(({ keyword }) => keyword === "unevaluatedProperties"),
  overlooks(({ instancePath }) => instancePath === "/memo" || instancePath === "/amount"),
]);
const only = ["amount", "memo", "an-unknown", "random"].map((part) => `createPayoutRequest/refuses/${part}`);

const asJson = (report: object): Json => JSON.parse(JSON.stringify(report));

describe("a baseline", () => {
  it("recognizes known causes, whatever the seed", async () => {
    const earlier = asJson(await checkReference(faulty, { seed: 1, strict: true, only }));
    for (const seed of [2, 3]) {
      const { causes } = markKnown(await checkReference(faulty, { seed, strict: true, only }), earlier);
      expect(causes.length).toBeGreaterThan(1);
      expect(causes.filter(({ known }) => known !== true).map(({ cause }) => cause)).toEqual([]);
    }
  });

  it("does not contain new causes", async () => {
    const before = overlooks(({ instancePath }) => instancePath === "/memo");
    const earlier = asJson(await checkReference(before, { seed: 1, strict: true, only }));
    const { causes } = markKnown(await checkReference(faulty, { seed: 2, strict: true, only }), earlier);
    const unknown = causes.filter(({ known }) => known !== true).map(({ cause }) => cause);
    expect(unknown).toContain("not refused: /amount must be greater than 0");
    expect(unknown.some((cause) => cause.includes("/memo"))).toBe(false);
  });
});
