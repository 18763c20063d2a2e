import { asDocument, type Json, type OpenApiDocument, setAt } from "@dots-payouts/openapi";
import { compareDocuments, writeChangeset } from "@dots-payouts/release";
import { describe, expect, it } from "vitest";
import { smallSpec, without } from "../small-spec.ts";

const POST = "/paths/~1things/post";
const BODY = `${POST}/requestBody/content/application~1json/schema`;

const spec = smallSpec({
  request: {
    type: "object",
    properties: { a: { type: "string", enum: ["x", "y"] }, b: { type: "string", maxLength: 9 } },
    required: ["a"],
  },
  operation: {
    parameters: [{ name: "page", in: "query", schema: { type: "integer", maximum: 100 } }],
    "x-idempotency-key": { at: "/a", scope: ["client"] },
  },
  success: { "x-echo": { "/a": "/a" } },
  document: { components: { responses: { No: { description: "No." } } } },
});

/** The changelog's lines about the specification, without what each package's users have to do. */
function told(before: OpenApiDocument, after: OpenApiDocument): string[] {
  return writeChangeset([], "major", compareDocuments(before, after))
    .split("\n")
    .filter((line) => line.startsWith("- "))
    .map((line) => line.replace(/ \*(Client|Mock|Contract suite)\*:.*/, ""));
}

function at(pointer: string, value: Json, document = spec): OpenApiDocument {
  return asDocument(setAt(document, pointer, value));
}

/** Where the mark is, its form, what happens to the rule, and what the changelog says. */
const ASSUMED: [string, string, Json, string, Json, string][] = [
  [
    "a keyword of a schema",
    `${BODY}/properties/b/x-assumption`,
    { maxLength: "No length is\n documented.\n" },
    `${BODY}/properties/b/maxLength`,
    5,
    "Breaking: `b` in the request changes maxLength from 9 to 5.",
  ],
  [
    "a value of a list",
    `${BODY}/properties/a/x-assumption`,
    { enum: { y: "No length is documented." } },
    `${BODY}/properties/a/enum`,
    ["x"],
    'Breaking: `a` in the request no longer accepts `"y"`.',
  ],
  [
    "a required property",
    `${BODY}/x-assumption`,
    { required: { a: "No length is documented." } },
    `${BODY}/required`,
    [],
    "New: `a` in the request is now optional.",
  ],
  [
    "a bound of a parameter",
    `${POST}/parameters/0/schema/x-assumption`,
    { maximum: "No length is documented." },
    `${POST}/parameters/0/schema/maximum`,
    50,
    "Breaking: The query parameter page changes maximum from 100 to 50.",
  ],
  [
    "a term of the idempotency key",
    `${POST}/x-idempotency-key/x-assumption`,
    { scope: "No length is documented." },
    `${POST}/x-idempotency-key/scope`,
    ["client", "operation"],
    "Breaking: The operation's idempotency key changes its scope from client to client, operation.",
  ],
  [
    "what comes back",
    `${POST}/responses/200/x-assumption`,
    { "x-echo": "No length is documented." },
    `${POST}/responses/200/x-echo`,
    {},
    "Breaking: The 200 response no longer returns /a as /a.",
  ],
];

describe("the changelog", () => {
  it.each(ASSUMED)("says that %s was only assumed", (_, mark, reason, place, value, line) => {
    const before = at(mark, reason);
    expect(told(before, at(place, value, before))).toEqual([
      `- ${line} *Only assumed so far*: No length is documented.`,
    ]);
    // Without the mark, the same change is not called assumed.
    expect(told(spec, at(place, value))).toEqual([`- ${line}`]);
  });

  it("says that a new rule is assumed", () => {
    const after = at(`${BODY}/properties/b/x-assumption`, { minLength: "It is not said." });
    expect(told(spec, at(`${BODY}/properties/b/minLength`, 1, after))).toEqual([
      "- Breaking: `b` in the request now has minLength 1. *Assumed*: It is not said.",
    ]);
  });

  it("says so about a failure that is described elsewhere", () => {
    const before = at(
      `${POST}/responses/400`,
      { $ref: "#/components/responses/No" },
      at("/components/responses/No/x-assumption", "Refusals are not documented."),
    );
    const after = asDocument(without(before, `${POST}/responses/400`));
    expect(told(before, after)).toEqual([
      "- New: The 400 response is no longer described. *Only assumed so far*: Refusals are not documented.",
    ]);
  });

  it("does not say so if only a part of the change is assumed", () => {
    const before = at(`${POST}/x-odd`, { one: 1, two: 2, "x-assumption": { one: "It is not said." } });
    const odd = "- Breaking: The operation changes its x-odd in a way that no rule covers.";
    expect(told(before, at(`${POST}/x-odd/one`, 3, before))).toEqual([
      `${odd} *Only assumed so far*: It is not said.`,
    ]);
    expect(told(before, at(`${POST}/x-odd/one`, 3, at(`${POST}/x-odd/two`, 3, before)))).toEqual([odd]);
  });
});
