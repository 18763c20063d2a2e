import type { Json } from "@dots-payouts/openapi";
import { compareDocuments } from "@dots-payouts/release";
import { describe, expect, it } from "vitest";
import { type Parts, smallSpec, withA } from "../small-spec.ts";

function impact(before: Parts, after: Parts): string | undefined {
  const changes = compareDocuments(smallSpec(before), smallSpec(after));
  expect(changes).toHaveLength(1);
  return changes[0]?.impact;
}

/** The meaning of a change of `a` where it is sent, and where it is received. */
function impacts(from: Json, to: Json): { request: string | undefined; response: string | undefined } {
  return {
    request: impact({ request: withA(from) }, { request: withA(to) }),
    response: impact({ response: withA(from) }, { response: withA(to) }),
  };
}

const NARROWER = { request: "breaking", response: "addition" };
const WIDER = { request: "addition", response: "breaking" };

describe("a bound", () => {
  it.each(["minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"])(
    "is stricter the higher it is: %s",
    (keyword) => {
      expect(impacts({ [keyword]: 9 }, { [keyword]: 10 })).toEqual(NARROWER);
      expect(impacts({ [keyword]: 10 }, { [keyword]: 9 })).toEqual(WIDER);
    },
  );

  it.each(["maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"])(
    "is stricter the lower it is: %s",
    (keyword) => {
      expect(impacts({ [keyword]: 10 }, { [keyword]: 9 })).toEqual(NARROWER);
      expect(impacts({ [keyword]: 9 }, { [keyword]: 10 })).toEqual(WIDER);
    },
  );

  it("is stricter than none", () => {
    expect(impacts({}, { maximum: 10 })).toEqual(NARROWER);
    expect(impacts({ minimum: 10 }, {})).toEqual(WIDER);
  });

  it("is the strictest of those in all parts of a schema", () => {
    const within = (...bounds: Json[]) => ({ allOf: bounds });
    const lower = within({ minimum: 2 }, { minimum: 10 });
    const upper = within({ maximum: 2 }, { maximum: 10 });
    expect(impacts(lower, within({ minimum: 3 }, { minimum: 9 }))).toEqual(WIDER);
    expect(impacts(upper, within({ maximum: 3 }, { maximum: 9 }))).toEqual(WIDER);
    const same = within({ minimum: 10, deprecated: true }, { minimum: 3 });
    expect(impacts(lower, same)).toEqual({ request: "addition", response: "addition" });
  });
});

const UNKNOWN = { request: "breaking", response: "breaking" };

describe("a keyword without a rule", () => {
  it.each(["x-anything", "anything"])("counts as breaking, whatever the change: %s", (keyword) => {
    expect(impacts({}, { [keyword]: true })).toEqual(UNKNOWN);
    expect(impacts({ [keyword]: true }, {})).toEqual(UNKNOWN);
    expect(impacts({ [keyword]: true }, { [keyword]: false })).toEqual(UNKNOWN);
  });

  it("counts as breaking if its value changes", () => {
    expect(impacts({ multipleOf: 2 }, { multipleOf: 3 })).toEqual(UNKNOWN);
    expect(impacts({ pattern: "a" }, { pattern: "b" })).toEqual(UNKNOWN);
  });

  it("is judged by its values if they can be compared", () => {
    expect(impacts({ multipleOf: 4 }, { multipleOf: 2 })).toEqual(WIDER);
    expect(impacts({ multipleOf: 0.5 }, { multipleOf: 1 })).toEqual(NARROWER);
  });

  it("excludes a value when it is added, and allows more when it is removed", () => {
    expect(impacts({}, { multipleOf: 2 })).toEqual(NARROWER);
    expect(impacts({ multipleOf: 2 }, {})).toEqual(WIDER);
  });
});

describe("readOnly and writeOnly", () => {
  it("only change words where the value goes that way anyway, and remove a property where it does not", () => {
    const [readOnly, writeOnly] = [{ readOnly: true }, { writeOnly: true }];
    expect(impacts({}, readOnly)).toEqual({ request: "breaking", response: "words" });
    expect(impacts(readOnly, {})).toEqual({ request: "addition", response: "words" });
    expect(impacts({}, writeOnly)).toEqual({ request: "words", response: "breaking" });
    expect(impacts(writeOnly, {})).toEqual({ request: "words", response: "addition" });
  });
});

describe("x-generate", () => {
  it("promises a new value once it is added", () => {
    expect(impacts({}, { "x-generate": "uuid" })).toEqual({ request: "addition", response: "addition" });
    expect(impacts({ "x-generate": "uuid" }, {})).toEqual(UNKNOWN);
    expect(impacts({ "x-generate": "uuid" }, { "x-generate": "now" })).toEqual(UNKNOWN);
  });
});
