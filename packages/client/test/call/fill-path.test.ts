import { describe, expect, it } from "vitest";
import { fillPath } from "../../src/runtime/fill-path.ts";

const PARTS = { path: "/v2/things/{id}/parts" };

describe("a path with parameters", () => {
  it("has each in its place, whatever it contains", () => {
    const query = { id: "other", page: 2, tag: ["x y", "z"], none: undefined, empty: "" };
    expect(fillPath(PARTS, { id: "a/b?c" }, query)).toBe(
      "/v2/things/a%2Fb%3Fc/parts?id=other&page=2&tag=x%20y&tag=z&empty=",
    );
  });

  it("joins a list with the separator that the operation knows", () => {
    const separators = { commas: ",", pipes: "%7C", none: "," };
    const query = { commas: ["a,b", "c"], pipes: ["a", "b"], none: [], one: "a" };
    expect(fillPath({ path: "/v2/things", separators }, {}, query)).toBe(
      "/v2/things?commas=a%2Cb,c&pipes=a%7Cb&one=a",
    );
  });

  it("is the template where there is nothing to fill in", () => {
    expect(fillPath({ path: "/v2/things" })).toBe("/v2/things");
  });

  it.each([{}, { id: "" }, { id: undefined }, { id: null }, { id: "." }, { id: ".." }])(
    "is not made when a part is missing, or would be taken out of the URL: %o",
    (path) => {
      expect(() => fillPath(PARTS, path)).toThrow("id is missing");
    },
  );
});
