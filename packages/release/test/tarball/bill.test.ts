import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { completeBill } from "@dots-payouts/release";
import { afterEach, describe, expect, it } from "vitest";

const component = (name: string, version: string) => ({
  "bom-ref": `pkg:npm/${name}@${version}`,
  purl: `pkg:npm/${name}@${version}`,
});
const BILL = {
  bomFormat: "CycloneDX",
  components: [
    { "bom-ref": "@a/b@1.0.0", purl: "pkg:npm/%40a/b@1.0.0" },
    { "bom-ref": "c@2.0.0", purl: "pkg:npm/c@2.0.0" },
  ],
  dependencies: [
    { ref: "@a/b@1.0.0", dependsOn: ["c@2.0.0"] },
    { ref: "c@2.0.0", dependsOn: [] },
  ],
};

const TEXT = JSON.stringify(BILL);

describe("a bill of materials", () => {
  let folder = "";
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function installed(name: string, bundled: unknown): string {
    folder = mkdtempSync(join(tmpdir(), "bill-"));
    const file = join(folder, "node_modules", name, "dist/bundled.cdx.json");
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(bundled));
    return folder;
  }

  it("lists what a package bundles, and that it is part of this package", async () => {
    const bundled = { components: [component("d", "1.0.0"), component("d", "2.0.0")] };
    const complete = await completeBill(TEXT, ["@a/b", "@a/other"], installed("@a/b", bundled));
    expect(JSON.parse(complete)).toEqual({
      ...BILL,
      components: [...BILL.components, ...bundled.components],
      dependencies: [
        { ref: "@a/b@1.0.0", dependsOn: ["c@2.0.0", "pkg:npm/d@1.0.0", "pkg:npm/d@2.0.0"] },
        { ref: "c@2.0.0", dependsOn: [] },
      ],
    });
  });

  it("lists a bundled package once if it is installed as well", async () => {
    const bundled = { components: [component("c", "2.0.0")] };
    const complete = await completeBill(TEXT, ["@a/b"], installed("@a/b", bundled));
    expect(JSON.parse(complete)).toEqual(BILL);
  });

  it("is refused if it does not have the package that bundles others", async () => {
    const bundled = { components: [component("d", "1.0.0")] };
    await expect(completeBill(TEXT, ["@a/z"], installed("@a/z", bundled))).rejects.toThrow(
      "@a/z is not in the bill of materials.",
    );
  });

  it.each([
    ["{", "The bill of materials is not JSON."],
    ["{}", "The bill of materials has no components."],
  ])("is refused if it is %s", async (text, problem) => {
    await expect(completeBill(text, [], ".")).rejects.toThrow(problem);
  });
});
