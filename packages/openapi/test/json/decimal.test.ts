import { isMultiple, nextMultiple } from "@dots-payouts/openapi";
import { describe, expect, it } from "vitest";

describe("isMultiple", () => {
  it.each([
    [19.99, 0.01, true],
    [4.35, 0.01, true],
    [0.29, 0.01, true],
    [0.07, 0.01, true],
    [-1.1, 0.1, true],
    [0, 0.01, true],
    [999_999.99, 0.01, true],
    [1e21, 0.01, true],
    [1e-7, 1e-8, true],
    [12, 1.5, true],
    [10, 5, true],
    [Number.MAX_SAFE_INTEGER, 1, true],
    [0.075, 0.01, false],
    [19.990000001, 0.01, false],
    [1.0000000001, 0.01, false],
    [1e-7, 0.01, false],
    [1e-9, 1e-8, false],
    [10, 4, false],
    [0.5, 1, false],
    [1, 0, false],
    [Number.NaN, 1, false],
    [Number.POSITIVE_INFINITY, 0.5, false],
  ])("returns for %d and %d: %s", (value, step, expected) => {
    expect(isMultiple(value, step)).toBe(expected);
  });
});

describe("nextMultiple", () => {
  it.each([
    [0.07, 0.01, 0.07],
    [0.071, 0.01, 0.08],
    [0.29, 0.01, 0.29],
    [1, 5, 5],
    [-1, 5, 0],
    [2.5, 1e-7, 2.5],
  ])("from %d by %d is %d", (from, step, expected) => {
    expect(nextMultiple(from, step)).toBe(expected);
  });
});
