import { expect, it } from "vitest";
import { startMock } from "../../src/index.ts";
import { sendCat } from "../cats.ts";

const BOX = {
  type: "object",
  required: ["width"],
  properties: { width: { type: "integer", minimum: 1 } },
};

const DOCUMENT = {
  openapi: "3.1.0",
  info: { title: "Boxes", version: "1" },
  paths: {
    "/boxes": {
      get: {
        parameters: [{ name: "box", in: "query", content: { "application/json": { schema: BOX } } }],
        responses: { "204": { description: "Done." } },
      },
    },
  },
};

it("checks a parameter that contains JSON by the schema of its content", async () => {
  await using mock = await startMock({ spec: DOCUMENT });
  const ask = (box: string) => sendCat(mock.url, "GET", `/boxes?box=${encodeURIComponent(box)}`);
  expect((await ask('{"width":3}')).status).toBe(204);
  expect((await sendCat(mock.url, "GET", "/boxes")).status).toBe(204);
  expect(await ask('{"width":0}')).toMatchObject({
    status: 422,
    body: { errors: [{ path: "/width", parameter: "box", code: "minimum" }] },
  });
  expect((await ask("width")).status).toBe(422);
});
