import { expect, it } from "vitest";
import { startMock } from "../../src/index.ts";

const change = (action: string, field: string) => ({
  type: "object",
  required: ["action", field],
  properties: { action: { const: action }, [field]: { type: "string" } },
});

const spec = {
  openapi: "3.1.0",
  info: { title: "Changes", version: "1" },
  paths: {
    "/changes": {
      post: {
        operationId: "change",
        requestBody: {
          content: {
            "application/json": {
              schema: { oneOf: [change("add", "name"), change("drop", "id"), change("hide", "id")] },
            },
          },
        },
        responses: { "204": { description: "Done." }, "400": { description: "No." } },
      },
    },
  },
};

it("only names the missing fields of the alternative that no other field rules out", async () => {
  await using mock = await startMock({ port: 0, spec });
  const messages = async (body: object) => {
    const headers = { "content-type": "application/json" };
    const response = await fetch(`${mock.url}/changes`, {
      method: "POST",
      headers,
      body: JSON.stringify(body),
    });
    const { errors }: { errors: readonly { message: string }[] } = JSON.parse(await response.text());
    return errors.map(({ message }) => message);
  };
  expect(await messages({ action: "add" })).toEqual(["name is missing"]);
  expect(await messages({ action: "hide" })).toEqual(["id is missing"]);
  expect((await messages({}))[0]).toMatch(/^action and name or action and id is missing/);
});
