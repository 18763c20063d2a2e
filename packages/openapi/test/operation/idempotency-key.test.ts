import { type IdempotencyKey, type Json, readIdempotencyKey } from "@dots-payouts/openapi";
import { describe, expect, it } from "vitest";

const read = (node: Json): IdempotencyKey | undefined => readIdempotencyKey(node, "/here");

describe("x-idempotency-key", () => {
  it("is absent by default", () => {
    expect(readIdempotencyKey(undefined, "/here")).toBeUndefined();
  });

  it("has a place and defaults", () => {
    expect(read({ at: "/meta/key" })).toEqual({
      pointer: "/meta/key",
      lifetime: undefined,
      scope: ["client", "operation"],
      usedByRefusal: false,
      caseSensitive: true,
      replayStatus: "same",
    });
  });

  it("has all settings", () => {
    const node = {
      at: "/key",
      lifetime: "PT24H",
      scope: ["client", "appId"],
      usedByRefusal: true,
      caseSensitive: false,
      replayStatus: "any",
      "x-assumption": { scope: "Not documented." },
    };
    expect(read(node)).toEqual({
      pointer: "/key",
      lifetime: 86_400_000,
      scope: ["client", "appId"],
      usedByRefusal: true,
      caseSensitive: false,
      replayStatus: "any",
    });
  });

  it.each([
    ["PT24H", 86_400_000],
    ["P1D", 86_400_000],
    ["P1W", 604_800_000],
    ["P1DT2H3M4.5S", 93_784_500],
    ["PT90M", 5_400_000],
    ["PT0.25S", 250],
  ])("reads the lifetime %s", (lifetime, milliseconds) => {
    expect(read({ at: "/key", lifetime })?.lifetime).toBe(milliseconds);
  });

  it.each<[string, Json, string]>([
    ["a pointer alone", "/key", "#/here: an object with at, lifetime, scope"],
    ["no place", { lifetime: "PT24H" }, "#/here/at: null is not a JSON Pointer"],
    ["a place that is not a pointer", { at: "key" }, '#/here/at: "key" is not a JSON Pointer'],
    ["the whole body as the place", { at: "" }, '#/here/at: "" is not a JSON Pointer to a field'],
    [
      "an unknown setting",
      { at: "/key", lifetme: "PT24H" },
      "#/here/lifetme: unknown key; known keys are at, lifetime, scope",
    ],
    ["a scope that is not a list", { at: "/key", scope: "client" }, "a list of strings"],
    ["a flag that is not one", { at: "/key", caseSensitive: "no" }, "true or false"],
    ["an unknown status", { at: "/key", replayStatus: "200" }, "one of same, any"],
    ...["24h", "P", "PT", "P1Y", "P1M", "PT0S", "-PT1H", "P1DT", 86_400].map(
      (lifetime): [string, Json, string] => [
        `the lifetime ${lifetime}`,
        { at: "/key", lifetime },
        `#/here/lifetime: ${JSON.stringify(lifetime)} is not a duration such as PT24H (ISO 8601)`,
      ],
    ),
  ])("refuses %s", (_, node, message) => {
    expect(() => read(node)).toThrow(message);
  });
});
