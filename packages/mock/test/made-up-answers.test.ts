import { describe, expect, it } from "vitest";
import { startMock } from "../src/index.ts";

const JSON_OF = (schema: object): object => ({
  "200": { description: "It.", content: { "application/json": { schema } } },
});

/** What a mock answers at a path of a description, whose only operation answers with this schema. */
async function answer(schema: object, schemas: object = {}, path = "/it", parameters: object[] = []) {
  const spec = {
    openapi: "3.1.0",
    info: { title: "It", version: "1" },
    paths: { [path]: { get: { operationId: "get", parameters, responses: JSON_OF(schema) } } },
    components: { schemas },
  };
  await using mock = await startMock({ port: 0, spec });
  const response = await fetch(mock.url + path.replace(/\{.*?\}/, "a.b"));
  return { status: response.status, body: await response.json() };
}

describe("an answer without an example", () => {
  it.each([
    [{ type: "string", pattern: "^\\d{1,13}$|^\\d{1,13}\\.\\d{1,5}$" }, /^"\d{1,13}"$/],
    [{ type: "array", prefixItems: [{ type: "string" }, { const: 7 }], minItems: 2, items: false }, /,7\]$/],
    [{ type: "object", required: ["a"], properties: { a: { not: { type: "string" } } } }, /^\{"a":[^"]/],
  ])("fits %j", async (schema, expected) => {
    const { status, body } = await answer(schema);
    expect(status).toBe(200);
    expect(JSON.stringify(body)).toMatch(expected);
  });

  it("has the value by which a discriminator tells its schema", async () => {
    const schemas = {
      Cat: { allOf: [{ $ref: "#/components/schemas/Pet" }], properties: { lives: { type: "integer" } } },
      Pet: {
        type: "object",
        required: ["kind"],
        properties: { kind: { type: "string" } },
        discriminator: { propertyName: "kind", mapping: { cat: "#/components/schemas/Cat" } },
      },
    };
    expect((await answer({ $ref: "#/components/schemas/Cat" }, schemas)).body).toEqual({
      kind: "cat",
      lives: 1,
    });
  });

  it("is refused, with the place of the schema, where no value is known that fits", async () => {
    const { status, body } = await answer({ allOf: [{ type: "string" }, { type: "integer" }] });
    expect(status).toBe(501);
    expect(body).toMatchObject({
      message:
        "No value that matches #/paths/~1it/get/responses/200/content/application~1json/schema is known. Add an example to it.",
    });
  });

  it("comes for a path whose parameter has a dot in its name", async () => {
    const parameter = { name: "user.id", in: "path", required: true, schema: { type: "string" } };
    const { status } = await answer({ type: "object" }, {}, "/users/{user.id}/it", [parameter]);
    expect(status).toBe(200);
  });
});
