import { describe, expect, it } from "vitest";
import { fillPath } from "../src/fill-path.ts";

describe("a path with parameters", () => {
  it("has them where the template names them, and the others in its query", () => {
    const params = { id: "a/b?c", page: 2, tag: ["x y", "z"], none: undefined, empty: "" };
    expect(fillPath("/v2/things/{id}/parts", params)).toBe(
      "/v2/things/a%2Fb%3Fc/parts?page=2&tag=x%20y&tag=z&empty=",
    );
  });

  it("is the template where there is nothing to fill in", () => {
    expect(fillPath("/v2/things", {})).toBe("/v2/things");
  });

  it.each([{}, { id: "" }, { id: undefined }, { id: null }])(
    "is not made when a part is missing: %o",
    (params) => {
      expect(() => fillPath("/v2/things/{id}", params)).toThrow("id is missing");
    },
  );
});
