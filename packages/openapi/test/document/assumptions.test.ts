import { asDocument, assumptionAt, DocumentError, type Json, listAssumptions } from "@dots-payouts/openapi";
import { describe, expect, it } from "vitest";

const document = (thing: Json, more: Record<string, Json> = {}) =>
  asDocument({ openapi: "3.1.0", paths: {}, components: { schemas: { Thing: thing } }, ...more });

const THING = "/components/schemas/Thing";

describe("assumptionAt", () => {
  const marked = document({
    type: "object",
    required: ["id", "name"],
    properties: {
      size: {
        type: "integer",
        exclusiveMinimum: 0,
        "x-assumption": { exclusiveMinimum: "No bound is known." },
      },
      note: { type: "string", "x-assumption": "Notes are not documented.", anyOf: [{ minLength: 1 }] },
      name: { type: "string" },
    },
    anyOf: [{ required: ["name"] }, { required: ["size"] }],
    "x-echo": { "/name": "/name", "/id": "/id" },
    "x-assumption": {
      required: { name: "Perhaps it is missing." },
      anyOf: "Which of them is needed is not known.",
      "x-echo": { "/name": "It may come back in another form." },
    },
  });

  it.each<[string, string | undefined, string | undefined]>([
    ["/properties/size/exclusiveMinimum", undefined, "No bound is known."],
    ["/properties/size/type", undefined, undefined],
    ["/properties/size", undefined, undefined],
    ["/properties/note", undefined, "Notes are not documented."],
    ["/properties/note/type", undefined, "Notes are not documented."],
    ["/properties/note/anyOf/0/minLength", undefined, "Notes are not documented."],
    ["/required", "name", "Perhaps it is missing."],
    ["/required/1", undefined, "Perhaps it is missing."],
    ["/required", "id", undefined],
    ["/required/0", undefined, undefined],
    ["/required", undefined, undefined],
    ["/anyOf", undefined, "Which of them is needed is not known."],
    ["/anyOf/1/required", "size", "Which of them is needed is not known."],
    ["/x-echo/~1name", undefined, "It may come back in another form."],
    ["/x-echo", "/name", "It may come back in another form."],
    ["/x-echo", "/id", undefined],
    ["/properties/name/type", undefined, undefined],
    ["/constructor", undefined, undefined],
    ["/none/at/all", undefined, undefined],
  ])("returns for %s (%s): %s", (place, name, reason) => {
    expect(assumptionAt(marked, THING + place, name)).toBe(reason);
  });

  it("ignores marks on what refers to a place", () => {
    const more = {
      components: {
        schemas: {
          Thing: { type: "object" },
          Other: { $ref: `#${THING}`, "x-assumption": "Others are not documented." },
        },
      },
    };
    expect(assumptionAt(document({}, more), `${THING}/type`)).toBeUndefined();
    expect(assumptionAt(document({}, more), "/components/schemas/Other/$ref")).toBe(
      "Others are not documented.",
    );
  });

  it("includes the document itself", () => {
    expect(assumptionAt(document({}, { "x-assumption": "All of it." }), THING)).toBe("All of it.");
  });
});

describe("listAssumptions", () => {
  it("finds every mark in document order, including those in extensions", () => {
    const paths = {
      "/things": {
        post: {
          "x-key": { at: "/key", scope: ["a"], "x-assumption": { scope: "Not documented." } },
          responses: { "400": { description: "No.", "x-assumption": "Perhaps another status." } },
        },
      },
    };
    const thing = { required: ["id"], "x-assumption": { required: { id: "Perhaps not." } } };
    expect(listAssumptions(document(thing, { paths }))).toEqual([
      { pointer: "/paths/~1things/post/x-key/scope", name: undefined, reason: "Not documented." },
      { pointer: "/paths/~1things/post/responses/400", name: undefined, reason: "Perhaps another status." },
      { pointer: `${THING}/required`, name: "id", reason: "Perhaps not." },
    ]);
  });

  it("ignores examples, and properties with that name", () => {
    const thing = {
      examples: [{ "x-assumption": "an example" }],
      default: { "x-assumption": "a default" },
      properties: { "x-assumption": { type: "string" } },
    };
    expect(listAssumptions(document(thing))).toEqual([]);
  });

  it.each<[string, Json]>([
    ["a number", 1],
    ["a list", ["type"]],
    ["a keyword without a reason", { type: true }],
    ["a name without a reason", { required: { id: null } }],
  ])("does not ignore %s", (_, mark) => {
    expect(() => listAssumptions(document({ "x-assumption": mark }))).toThrow(DocumentError);
    expect(() => listAssumptions(document({ "x-assumption": mark }))).toThrow(
      `#${THING}/x-assumption: a reason, or an object of keywords and reasons, is needed`,
    );
  });
});
