import { describe, expect, it } from "vitest";
import { startMock } from "../../src/index.ts";

const JSON_OF = (schema: object): object => ({
  "200": { description: "It.", content: { "application/json": { schema } } },
});

/** The mock's answer at a path of a description, whose only operation answers with this schema. */
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
    [
      { enum: [12, 13], allOf: [{ oneOf: [...Array(15).keys()].map((value) => ({ const: value })) }] },
      /^12$/,
    ],
    [
      {
        oneOf: ["asset", "team"].map((name) => ({
          type: "array",
          items: { type: "object", required: [name], properties: { [name]: { type: "string" } } },
        })),
      },
      /^\[\{"asset":"text"\}\]$/,
    ],
  ])("fits %j", async (schema, expected) => {
    const { status, body } = await answer(schema);
    expect(status).toBe(200);
    expect(JSON.stringify(body)).toMatch(expected);
  });

  it("has the discriminator value of its schema", async () => {
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

  it("has every property that fits, except for write-only ones", async () => {
    const schema = {
      type: "object",
      required: ["id"],
      properties: {
        id: { type: "integer", example: "one" },
        note: { type: ["string", "null"] },
        secret: { type: "string", writeOnly: true },
        when: { type: "string", format: "date" },
      },
    };
    expect(await answer(schema)).toEqual({ status: 200, body: { id: 1, note: "text", when: "2026-01-31" } });
  });

  it("works for a path with a dot in a parameter's name", async () => {
    const parameter = { name: "user.id", in: "path", required: true, schema: { type: "string" } };
    const { status } = await answer({ type: "object" }, {}, "/users/{user.id}/it", [parameter]);
    expect(status).toBe(200);
  });
});

describe("a description is refused at start", () => {
  const start = (content: object, status = "200") => {
    const spec = {
      openapi: "3.1.0",
      info: { title: "It", version: "1" },
      paths: {
        "/it": { get: { operationId: "getIt", responses: { [status]: { description: "It.", content } } } },
      },
    };
    return startMock({ port: 0, spec });
  };
  const place = "#/paths/~1it/get/responses/200/content/application~1json/schema";

  it.each<[object]>([
    [{ allOf: [{ type: "string" }, { type: "integer" }] }],
    [{ type: "string", pattern: "^(?=.*[A-Z])(?=.*\\d)[^a]{9}$" }],
    [{ type: "array", minItems: 2, uniqueItems: true, items: { const: 1 } }],
    [
      {
        type: "object",
        required: ["a"],
        properties: { a: { type: "string", format: "regex", pattern: "^\\($" } },
      },
    ],
  ])("if no valid answer is found, with operation and place: %j", async (schema) => {
    await expect(start({ "application/json": { schema } })).rejects.toThrow(
      `The spec cannot be served: ${place}: no value is known that fits, so that there is nothing to answer getIt with.`,
    );
  });

  it("unless there is an example, or the answer is not a success", async () => {
    const schema = { allOf: [{ type: "string" }, { type: "integer" }] };
    await (await start({ "application/json": { schema, example: "it" } })).close();
    await (await start({ "application/json": { schema } }, "404")).close();
  });
});
