import { describe, expect, it } from "vitest";
import { isIdempotent, isSafe } from "../../src/index.ts";

describe("a method of HTTP", () => {
  it.each([
    ["GET", true, true],
    ["HEAD", true, true],
    ["OPTIONS", true, true],
    ["TRACE", true, true],
    ["PUT", false, true],
    ["DELETE", false, true],
    ["POST", false, false],
    ["PATCH", false, false],
    ["QUERY", false, false],
  ])("%s: safe %s, idempotent %s", (method, safe, idempotent) => {
    expect([isSafe(method), isIdempotent(method)]).toEqual([safe, idempotent]);
  });
});
