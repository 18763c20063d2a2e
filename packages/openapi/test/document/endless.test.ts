import { asDocument, endlessPlace } from "@dots-payouts/openapi";
import { describe, expect, it } from "vitest";

describe("endlessPlace", () => {
  it("finds a value that contains itself, which is possible with a YAML alias", () => {
    const list: unknown[] = [1];
    list.push({ "a/b": list });
    expect(endlessPlace({ x: list })?.message).toBe(
      "#/x/1/a~1b: this is an alias of something that contains it",
    );
    expect(() => asDocument({ openapi: "3.1.0", paths: {}, "x-list": list })).toThrow(
      "#/x-list/1/a~1b: this is an alias of something that contains it",
    );
  });

  it("finds a value that aliases make far too large", () => {
    let list: unknown[] = [1];
    for (let depth = 0; depth < 30; depth += 1) list = [list, list];
    expect(endlessPlace({ a: [1], b: { c: list } })?.message).toMatch(
      /^#\/b\/c(\/0)+: aliases make more than ten million values of this$/,
    );
  });

  it("finds a reference that leads back to itself", () => {
    const schemas = { A: { $ref: "#/components/schemas/B" }, B: { $ref: "#/components/schemas/A" } };
    expect(endlessPlace({ components: { schemas } })?.message).toMatch(
      /^#\/components\/schemas\/[AB]: #\/components\/schemas\/[AB] leads back to itself$/,
    );
  });

  it("ignores repeated values, and schemas that contain themselves", () => {
    const shared = { type: "string" };
    const Tree = { properties: { of: { $ref: "#/components/schemas/Tree" }, a: shared, b: shared } };
    expect(endlessPlace({ components: { schemas: { Tree } } })).toBeUndefined();
    expect(endlessPlace(null)).toBeUndefined();
  });
});
