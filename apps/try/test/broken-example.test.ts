import { asDocument } from "@dots-payouts/openapi";
import { expect, it } from "vitest";
import { brokenExample } from "../src/run/broken-example.ts";

const requested = (examples: object, components: object = {}) =>
  brokenExample(
    asDocument({
      components,
      openapi: "3.1.0",
      info: { title: "x", version: "1" },
      paths: {
        "/a": {
          post: {
            operationId: "a",
            requestBody: { content: { "application/json": { schema: { type: "integer" }, ...examples } } },
            responses: {},
          },
        },
      },
    }),
  );

it("an example of a request that does not fit its schema is found, and told by its name", () => {
  expect(requested({ examples: { one: { value: 1 }, two: { value: "two" } } })).toMatchObject({
    message:
      "#/paths/~1a/post/requestBody/content/application~1json: the example two does not fit its schema",
  });
  expect(requested({ example: 1 })).toBeUndefined();
});

it("a parameter that is called schema is none", () => {
  const parameter = { name: "schema", in: "query", required: true, schema: { type: "string" }, example: 1 };
  expect(requested({}, { parameters: { schema: parameter } })).toBeUndefined();
});

it("an example of a field of an answer that does not fit its schema is found", () => {
  const schema = { type: "object", properties: { n: { type: "integer", example: "nope" } } };
  const response = { description: "It.", content: { "application/json": { schema } } };
  const document = asDocument({
    openapi: "3.1.0",
    info: { title: "x", version: "1" },
    paths: { "/a": { get: { operationId: "a", responses: { "200": response } } } },
  });
  expect(brokenExample(document)?.message).toBe(
    "#/paths/~1a/get/responses/200/content/application~1json/schema/properties/n/example: an example does not fit its schema",
  );
});
