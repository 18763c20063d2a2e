import { describe, expect, it } from "vitest";
import { backoff, readRetryAfter } from "../../src/call/retry.ts";

const NOW = Date.parse("Fri, 20 Nov 2026 21:00:00 GMT");

describe("Retry-After", () => {
  it.each([
    ["1", 1_000],
    ["120", 120_000],
    [" 7 ", 7_000],
    ["007", 7_000],
    ["99999999999999999999", 1e23],
    ["Fri, 20 Nov 2026 21:00:30 GMT", 30_000],
    ["Sat, 21 Nov 2026 21:00:00 GMT", 86_400_000],
  ])("%j asks to wait %d ms", (header, wait) => {
    expect(readRetryAfter(header, NOW)).toBe(wait);
  });

  it.each([
    null,
    "",
    "0",
    "-1",
    "+1",
    "1.5",
    "1e3",
    "0x10",
    "1 s",
    "1, 2",
    "soon",
    "Infinity",
    "Invalid Date",
    "Fri, 20 Nov 2026 20:59:59 GMT",
    "Fri, 20 Nov 2026 21:00:00 GMT",
    "Mon, 20 Nov 2026 21:00:30 GMT", // another day of the week
    "Tue, 31 Nov 2026 21:00:30 GMT", // a day that does not exist
    "Fri, 20 Nov 2026 21:00:30 +0000",
    "Fri, 20 Nov 2026 21:00:30",
    "2026-11-20T21:00:30Z",
    "Friday, 20-Nov-26 21:00:30 GMT",
    "Fri Nov 20 21:00:30 2026",
  ])("%j asks for nothing that can be kept", (header) => {
    expect(readRetryAfter(header, NOW)).toBeUndefined();
  });
});

describe("the backoff", () => {
  it("doubles with each attempt, up to eight seconds", () => {
    const longest = [1, 2, 3, 4, 5, 6, 60, 2_000].map((attempt) => backoff(attempt, 500, 1));
    expect(longest).toEqual([500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000, 8_000]);
  });

  it("is left to chance, from nothing up", () => {
    expect([0, 0.25, 0.5].map((random) => backoff(2, 500, random))).toEqual([0, 250, 500]);
  });

  it("is as long as a caller wants it to be, even above eight seconds", () => {
    expect(backoff(1, 20_000, 1)).toBe(20_000);
    expect(backoff(5, 20_000, 1)).toBe(20_000);
  });
});
