import { pathOf, queryOf } from "@dots-payouts/openapi";
import { describe, expect, it } from "vitest";

describe("pathOf and queryOf", () => {
  it.each([
    ["/a/b", "/a/b", ""],
    ["/a?b=c&b=d", "/a", "b=c&b=d"],
    ["/a?", "/a", ""],
    ["/a?b=c?d=e", "/a", "b=c%3Fd%3De"],
    ["/a%3Fb", "/a%3Fb", ""],
    ["http://host:1/a?b=//c", "/a", "b=%2F%2Fc"],
    ["HTTPS://host/a/b", "/a/b", ""],
  ])("split %s", (target, path, query) => {
    expect(pathOf(target)).toBe(path);
    expect(String(queryOf(target))).toBe(query);
  });
});
