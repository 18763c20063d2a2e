import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const FILES = {
  "openapi.yaml": `
openapi: 3.1.0
info: { title: Cats, version: "1" }
paths:
  /cats: { $ref: paths/cats.yaml }
components:
  schemas:
    Name: { type: string, minLength: 2, default: Mia }
`,
  "paths/cats.yaml": `
post:
  operationId: createCat
  requestBody: { required: true, content: { application/json: { schema: { $ref: "../schemas/cat%20(tame).yaml" } } } }
  responses:
    "201":
      description: The cat.
      x-echo: { /age: /age }
      content:
        application/json:
          schema: { $ref: "../schemas/cat%20(tame).yaml" }
          example: { age: 3, name: Ida }
    "400": { $ref: "#/failure" }
failure: { description: No. }
`,
  "schemas/cat (tame).yaml": `
type: object
properties:
  age: { $ref: age.yaml }
  name: { $ref: "../openapi.yaml#/components/schemas/Name" }
  mother: { $ref: "cat%20(tame).yaml" }
  default: { $ref: "#/properties/name" }
`,
  "schemas/age.yaml": "{ type: integer, minimum: 1 }",
};

/** A spec in several files that refer to each other, in a separate folder. */
export interface ManyFiles {
  file(name: string): string;
  write(name: string, text: string): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export async function manyFiles(): Promise<ManyFiles> {
  const folder = await mkdtemp(join(tmpdir(), "mock-"));
  const file = (name: string) => join(folder, name);
  const write = async (name: string, text: string) => {
    await mkdir(dirname(file(name)), { recursive: true });
    await writeFile(file(name), text);
  };
  for (const [name, text] of Object.entries(FILES)) await write(name, text);
  return { file, write, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}
