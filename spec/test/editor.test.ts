import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
const read = async (file: string): Promise<Record<string, unknown>> =>
  JSON.parse(await readFile(join(root, file), "utf8"));

const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);
ajv.addFormat("media-range", true);
const valid = ajv.compile(await read(".vscode/openapi-3.1.json"));
const spec = await read("spec/dist/openapi.json");

describe("the editors' schema for the description", () => {
  it("accepts it", () => {
    valid(spec);
    expect(valid.errors).toBeNull();
  });

  it("finds a misspelled key", () => {
    expect(valid({ ...spec, severs: [] })).toBe(false);
  });

  it("is the one in the settings", async () => {
    const settings = await read(".vscode/settings.json");
    expect(settings["yaml.schemas"]).toEqual({ "./.vscode/openapi-3.1.json": "spec/openapi.yaml" });
  });
});
