import { readTarball } from "@dots-payouts/release";
import { describe, expect, it } from "vitest";
// Not from the public entry: it loads a compiler.
import { lintTarball } from "../../src/tarball/lint.ts";
import { manifest, pack, sound } from "../packed.ts";

// Here because the release of the packages loads the linters, too.
describe("a packed package", () => {
  it("passes the linters if imports and types are correct", async () => {
    expect(await lintTarball(await readTarball(pack(sound)))).toEqual([]);
  });

  it("is refused if the types say ES module and the code is CommonJS", async () => {
    const exports = { ".": { types: "./dist/index.d.mts", default: "./dist/index.cjs" } };
    const files = {
      ...sound,
      "package.json": JSON.stringify({ ...manifest, exports }),
      "dist/index.cjs": "exports.a = 1;\n",
    };
    expect(await lintTarball(await readTarball(pack(files)))).toContainEqual(
      expect.stringContaining("are the types wrong: FalseESM"),
    );
  });

  it("is refused if an export leads nowhere", async () => {
    const { "dist/index.mjs": _, ...rest } = sound;
    expect(await lintTarball(await readTarball(pack(rest)))).toContainEqual(
      expect.stringContaining("publint:"),
    );
  });
});
