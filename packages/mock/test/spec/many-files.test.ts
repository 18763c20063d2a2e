import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startMock } from "../../src/index.ts";
import { post } from "../send.ts";
import { type ManyFiles, manyFiles } from "./many-files.ts";

let spec: ManyFiles;
beforeEach(async () => {
  spec = await manyFiles();
});
afterEach(() => spec[Symbol.asyncDispose]());

describe("a spec in several files", () => {
  it("is served as one, with Prism too, and lists the files that it consists of", async () => {
    await using mock = await startMock({ spec: spec.file("openapi.yaml") });
    const url = `${mock.url}/cats`;
    const made = await post(url, { age: 4, mother: { age: 9 } });
    expect(made).toMatchObject({ status: 201, body: { age: 4, name: "Ida" } });
    const generated = await post(url, { age: 4 }, { prefer: "dynamic=true" });
    expect(generated).toMatchObject({ status: 201 });
    const refused = await post(url, { mother: { age: 0, name: "I", default: "J" } });
    expect(refused.body).toMatchObject({
      errors: [{ path: "/mother/age" }, { path: "/mother/name" }, { path: "/mother/default" }],
    });
    const names = ["openapi.yaml", "paths/cats.yaml", "schemas/cat (tame).yaml", "schemas/age.yaml"];
    expect(mock.specFiles.map(({ path }) => path)).toEqual(names.map((name) => spec.file(name)));
  });

  it("may contain data with a property called `$ref`", async () => {
    await spec.write("schemas/age.yaml", "{ example: { $ref: none.yaml }, enum: [{ $ref: none.yaml }] }");
    await using mock = await startMock({ spec: spec.file("openapi.yaml") });
    const none = { $ref: "none.yaml" };
    expect(await post(`${mock.url}/cats`, { age: none })).toMatchObject({ status: 201, body: { age: none } });
  });

  it.each([
    ["a missing file", "$ref: none.yaml", /a reference points to schemas\/none\.yaml\. There is no spec at /],
    ["a broken file", "{", /a reference points to schemas\/age\.yaml\. .*age\.yaml:1 is not valid YAML/],
    ["nothing in a file", "$ref: ../openapi.yaml#/components/schemas/None", /None/],
    [
      "the network",
      "$ref: https://example.com/age.yaml",
      /^The spec cannot be served: schemas\/age\.yaml #\/\$ref: https:.* leads out of the document\. Bundle it first: npx @redocly\/cli bundle /,
    ],
    ["a name in a file", "$ref: ../openapi.yaml#Name", /#Name leads out of the document/],
  ])("is refused if it refers to %s", async (_name, text, problem) => {
    await spec.write("schemas/age.yaml", text);
    await expect(startMock({ spec: spec.file("openapi.yaml") })).rejects.toThrow(problem);
  });
});

it("does not follow file references in a document without a file", async () => {
  const schemas = { Cat: { properties: { age: { $ref: "age.yaml" } } } };
  const document = { openapi: "3.1.0", paths: {}, components: { schemas } };
  await expect(startMock({ spec: document })).rejects.toThrow(
    "#/components/schemas/Cat/properties/age/$ref: age.yaml leads out of the document. Bundle it first:",
  );
});
