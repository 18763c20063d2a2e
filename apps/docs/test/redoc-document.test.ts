import { asDocument, getAt, listOperations } from "@dots-payouts/openapi";
import { describe, expect, it } from "vitest";
import { forRedoc } from "../src/build/redoc-document.ts";

/** Markdown in which every line break and character matters. */
const MARKDOWN = [
  "Setext heading",
  "==============",
  "",
  "Hard break:  ",
  "second line",
  "",
  "field | meaning",
  "----- | -------",
  "alpha | one",
  "",
  "~~~sh",
  "echo one",
  "echo two",
  "~~~",
  "",
  "[t]: https://example.com/terms",
  "[g]: https://example.com/guide",
  "",
  "1) one",
  "2) two",
  "",
  "+ plus",
  "+ plus",
].join("\n");

const document = asDocument({
  openapi: "3.1.0",
  info: { title: "Nasty", version: "1", description: MARKDOWN },
  paths: {
    "/things": {
      post: {
        operationId: "makeThing",
        description: MARKDOWN,
        requestBody: {
          content: {
            "application/json": {
              schema: {
                properties: { if: { type: "string", description: "one\ntwo" } },
                if: { required: ["a"] },
                // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
                then: { required: ["b"] },
              },
              examples: {
                one: { value: { description: "first\nsecond", if: 1, anyOf: [{ required: ["x"] }] } },
              },
            },
          },
        },
        responses: { "200": { description: MARKDOWN } },
      },
    },
  },
});

describe("the document for Redoc", () => {
  const prepared = forRedoc(document, listOperations(document));
  const operation = "/paths/~1things/post";
  const media = `${operation}/requestBody/content/application~1json`;

  it("keeps Markdown unchanged", () => {
    expect(getAt(prepared, "/info/description")).toContain(MARKDOWN);
    expect(getAt(prepared, `${operation}/responses/200/description`)).toBe(MARKDOWN);
    expect(getAt(prepared, `${operation}/description`)).toContain(MARKDOWN);
  });

  it("keeps the data of examples unchanged", () => {
    expect(getAt(prepared, `${media}/examples`)).toEqual(getAt(document, `${media}/examples`));
  });

  it("describes conditions in words, removes them from schemas, and keeps fields with such names", () => {
    expect(getAt(prepared, `${operation}/description`)).toContain("- `b` is required when `a` is given.");
    expect(getAt(prepared, `${media}/schema`)).toEqual({
      properties: { if: { type: "string", description: "one\ntwo" } },
    });
  });
});
