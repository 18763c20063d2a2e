import type { JsonObject } from "@dots-payouts/openapi";
import { readTarball, type Tarball, tarballProblems } from "@dots-payouts/release";
import { describe, expect, it } from "vitest";
import { pack, sound } from "../packed.ts";

const budget = { packed: 1000, unpacked: 2000 };

const tarball = (more: Partial<Tarball> & { manifest?: JsonObject; extra?: string[] }): Tarball => ({
  file: "a.tgz",
  name: "@a/b",
  version: "1.0.0",
  packed: 500,
  readme: "# B\n",
  files: new Map(
    ["package.json", "README.md", "LICENSE", "dist/index.mjs", ...(more.extra ?? [])].map((file) => [
      file,
      100,
    ]),
  ),
  ...more,
  manifest: {
    license: "MIT",
    author: "Us",
    keywords: ["b"],
    exports: { ".": "./dist/index.mjs" },
    ...more.manifest,
  },
});

describe("a tarball", () => {
  it("passes with all required files and nothing else", () => {
    expect(tarballProblems(tarball({}), budget)).toEqual([]);
  });

  it.each<[string, Parameters<typeof tarball>[0], string]>([
    ["sources", { extra: ["src/index.ts"] }, "src/index.ts does not belong in the package."],
    ["settings", { extra: [".env"] }, ".env does not belong in the package."],
    ["source maps", { extra: ["dist/index.mjs.map"] }, "dist/index.mjs.map does not belong in the package."],
    [
      "a script that runs on installation",
      { manifest: { scripts: { postinstall: "node x.js", test: "vitest" } } },
      "The script postinstall would run on the user's machine.",
    ],
    ["another license", { manifest: { license: "UNLICENSED" } }, "The license is not MIT."],
    ["a private manifest", { manifest: { private: true } }, "The package is private."],
    [
      "a range that no registry knows",
      { manifest: { dependencies: { "@a/c": "workspace:^" } } },
      "dependencies requires @a/c as workspace:^, which no registry has.",
    ],
    [
      "an exact version",
      { manifest: { dependencies: { "@a/c": "1.2.3" } } },
      "dependencies requires exactly @a/c 1.2.3: use a range, so that npm can share it and install fixes.",
    ],
    ["no keywords", { manifest: { keywords: [] } }, "There are no keywords for the registry's search."],
    ["no author", { manifest: { author: null } }, "There is no author."],
    [
      "half an address",
      { manifest: { homepage: "https://example.com/a" } },
      "Of repository, homepage, bugs, it only has homepage.",
    ],
    [
      "what only its own tests need",
      { manifest: { devDependencies: { "@a/private": "^1.0.0" } } },
      "devDependencies are useless for users, and name unpublished packages.",
    ],
    [
      "an entry that is not there",
      { manifest: { bin: { b: "./bin/b.js" } } },
      "The manifest points to bin/b.js, which is not in the package.",
    ],
    [
      "a readme that links into the repository",
      { readme: "[Guide](../../guide.md#start)\n" },
      "README.md links to ../../guide.md#start, which is not in the package.",
    ],
    [
      "a readme with an image that is not in it",
      { readme: '<img src="images/b.svg">\n' },
      "README.md links to images/b.svg, which is not in the package.",
    ],
    [
      "a readme with a reference that leads out",
      { readme: "See [it][a].\n\n[a]: ./src/a.ts\n" },
      "README.md links to ./src/a.ts, which is not in the package.",
    ],
    ["too much", { packed: 1001 }, "It is 1001 bytes packed, but only 1000 are allowed."],
  ])("is refused with %s", (_, more, problem) => {
    expect(tarballProblems(tarball(more), budget)).toEqual([problem]);
  });

  it("passes with a readme that links to pages, to its own headings and to its own files", () => {
    const readme =
      "[a](https://example.com) [b](#use) [c](./LICENSE) `[d](../d.md)`\n\n```md\n[e](../e.md)\n```\n";
    expect(tarballProblems(tarball({ readme }), budget)).toEqual([]);
  });

  it("is refused without a license, a README or a budget", () => {
    const files = new Map([
      ["package.json", 100],
      ["dist/index.mjs", 100],
    ]);
    expect(tarballProblems(tarball({ files }), undefined)).toEqual([
      "README.md is missing.",
      "LICENSE is missing.",
      "No budget is set for the package in packages/release/budgets.json.",
    ]);
  });
});

it("a packed package is read with name, version, files and sizes", async () => {
  const found = await readTarball(pack(sound));
  expect(found).toMatchObject({ name: "a", version: "1.0.0" });
  expect(found.files.get("dist/index.mjs")).toBe(20);
  expect(found.packed).toBeGreaterThan(100);
});
