import { bundleFromString, createConfig } from "@redocly/openapi-core";
import { describe, expect, it } from "vitest";
import { isBundled } from "../src/is-bundled.ts";

const schemas = { Note: { type: "object", properties: { after: { $ref: "#/components/schemas/Note" } } } };
const NOTES = {
  openapi: "3.1.0",
  info: { title: "Notes", version: "1" },
  paths: {},
  components: { schemas },
};
const withSchema = (schema: object): object => ({
  ...NOTES,
  components: { schemas: { ...schemas, schema } },
});

async function bundled(description: object): Promise<unknown> {
  const source = JSON.stringify(description);
  const config = await createConfig({});
  const { bundle } = await bundleFromString({ source, absoluteRef: "/notes.yaml", config });
  return bundle.parsed;
}

describe("whether a description is one document already", () => {
  it("is said of one that only refers to itself, which bundling does not change", async () => {
    expect(isBundled(NOTES)).toBe(true);
    expect(JSON.stringify(await bundled(NOTES))).toBe(JSON.stringify(NOTES));
  });

  it.each([
    ["without components", { ...NOTES, components: undefined }],
    ["with a reference to itself by name", withSchema({ $ref: "notes.yaml#/components/schemas/Note" })],
    [
      "with a mapping to a reference",
      {
        ...withSchema({ $ref: "#/components/schemas/Note" }),
        paths: {
          "/notes": {
            get: {
              responses: {
                200: {
                  description: "Notes.",
                  content: {
                    "application/json": {
                      schema: {
                        oneOf: [{ $ref: "#/components/schemas/schema" }],
                        discriminator: { propertyName: "a", mapping: { a: "#/components/schemas/schema" } },
                      },
                    },
                  },
                },
              },
            },
          },
        },
      },
    ],
  ])("is not said of one %s, which bundling changes", async (_, description) => {
    expect(isBundled(description)).toBe(false);
    expect(JSON.stringify(await bundled(description))).not.toBe(JSON.stringify(description));
  });

  it.each([
    ["another file", { $ref: "schemas/note.yaml" }],
    ["another place on the web", { $ref: "https://notes.test/note.json" }],
    ["an anchor", { $ref: "#note" }],
    ["a schema with an address", { $id: "https://notes.test/note.json" }],
    ["an example in a file", { examples: { one: { externalValue: "one.json" } } }],
  ])("is not said of one that may lead to %s", (_, schema) => {
    expect(isBundled(withSchema({ allOf: [schema] }))).toBe(false);
  });

  it("is not said of something that is no description", () => {
    for (const value of [undefined, null, [], "a"]) expect(isBundled(value)).toBe(false);
  });
});
