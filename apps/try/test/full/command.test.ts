import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { run } from "../command.ts";
import { ownFolder } from "../own-folder.ts";
import { served } from "../served.ts";

const folder = ownFolder();

it("a description that all steps can use is tried with the status 0", async () => {
  const file = fileURLToPath(new URL("../specs/schemas.yaml", import.meta.url));
  const { code, stdout } = await run(file, "--json");
  const outcomes: { result: string }[] = JSON.parse(stdout);
  expect(outcomes.filter(({ result }) => result !== "works")).toEqual([]);
  expect(code).toBe(0);
});

it("a URL is tried as a file is; what the client can't send is refused with the place, and all else is made", async () => {
  await using server = await served();
  const { code, stdout } = await run(`${server.url}/v1/forms.yaml`, "--json");
  const outcomes: { step: string; result: string }[] = JSON.parse(stdout);
  expect(outcomes.map(({ step }) => step)).toEqual([
    ...["lint", "bundle", "types", "client", "mock", "contract suite", "docs"],
  ]);
  expect(outcomes.filter(({ result }) => result !== "works")).toEqual([
    {
      step: "client",
      result: "refused",
      place: "#/paths/~1forms/post/requestBody",
      detail: "the client can send JSON and forms only, not multipart/form-data",
    },
  ]);
  expect(code).toBe(1);
  expect(readdirSync(folder()).filter((name) => name.startsWith("dots-workspace-"))).toEqual([]);
});

it("an example of a field that does not fit its schema is refused with its place, and nothing is answered with it", async () => {
  const schema = "{ type: object, required: [n], properties: { n: { type: integer, example: nope } } }";
  const answer = `{ description: It., content: { application/json: { schema: ${schema} } } }`;
  const file = join(folder(), "example.yaml");
  writeFileSync(
    file,
    `openapi: 3.1.0\ninfo: { title: x, version: "1" }\npaths: { /a: { get: { responses: { "200": ${answer} } } } }\n`,
  );
  const { stdout } = await run(file, "--json");
  const outcomes: { step: string; result: string; place?: string; detail: string }[] = JSON.parse(stdout);
  expect(outcomes.filter(({ result }) => result !== "works")).toEqual([
    {
      step: "contract suite",
      result: "refused",
      place: "#/paths/~1a/get/responses/200/content/application~1json/schema/properties/n/example",
      detail: "an example does not fit its schema",
    },
  ]);
});
