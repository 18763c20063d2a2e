import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Plugin } from "rolldown";

/** A package whose code is in a bundle. */
interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** SPDX identifier. */
  readonly license: string;
  readonly author: string;
  /** The texts that its license requires to be included. */
  readonly text: string;
}

/** Licenses that only require including their text. */
const PERMITTED = ["0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT"];

/**
 * Writes a list of the packages in a bundle: `THIRD-PARTY-NOTICES.txt` with the licenses, and `bundled.cdx.json`
 * (CycloneDX) for vulnerability scanners. A package with any other license fails the build.
 */
export function thirdParty(introduction: string): Plugin {
  return {
    name: "third-party",
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((file) => (file.type === "chunk" ? file.moduleIds : []));
      const folders = new Set(modules.flatMap((id) => packageFolder(id) ?? []));
      const found = new Map(
        [...folders].map(readPackage).map((bundled) => [`${bundled.name}@${bundled.version}`, bundled]),
      );
      const packages = [...found.keys()].sort().flatMap((key) => found.get(key) ?? []);
      this.emitFile({
        type: "asset",
        fileName: "THIRD-PARTY-NOTICES.txt",
        source: notices(introduction, packages),
      });
      this.emitFile({ type: "asset", fileName: "bundled.cdx.json", source: billOfMaterials(packages) });
    },
  };
}

/** The folder of the package that a module belongs to; none for our own modules and those that the bundler adds. */
function packageFolder(id: string): string | undefined {
  if (!id.replaceAll("\\", "/").includes("/node_modules/") || id.includes("\0")) return undefined;
  let folder = dirname(id);
  while (folder !== dirname(folder)) {
    const file = join(folder, "package.json");
    if (existsSync(file) && "version" in manifestOf(file)) return folder;
    folder = dirname(folder);
  }
  throw new Error(`${id} belongs to no package`);
}

function readPackage(folder: string): BundledPackage {
  const manifest = manifestOf(join(folder, "package.json"));
  const name = String(manifest["name"]);
  const version = String(manifest["version"]);
  const license = licenseOf(manifest);
  if (!PERMITTED.includes(license)) throw new Error(`${name}@${version} is under ${license}`);
  const author = personOf(manifest["author"]) || `the authors of ${name}`;
  const files = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|copying|notice)/i.test(file))
    .sort();
  const texts = files.map((file) => readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n").trim());
  if (texts.length === 0 && license !== "MIT") throw new Error(`${name}@${version} brings no license text`);
  return { name, version, license, author, text: texts.join("\n\n") || mit(author) };
}

function manifestOf(file: string): Readonly<Record<string, unknown>> {
  const manifest: unknown = JSON.parse(readFileSync(file, "utf8"));
  return { ...Object(manifest) };
}

/** `license`, or `licenses` in older manifests. */
function licenseOf({ license, licenses }: Readonly<Record<string, unknown>>): string {
  const [first] = Array.isArray(licenses) ? licenses : [];
  const value: unknown = license ?? first;
  return typeof value === "object" && value !== null && "type" in value ? String(value.type) : String(value);
}

function personOf(author: unknown): string {
  if (typeof author === "string") return author.replace(/\s*[<(].*$/, "");
  return typeof author === "object" && author !== null && "name" in author ? String(author.name) : "";
}

function notices(introduction: string, packages: readonly BundledPackage[]): string {
  const byText = new Map<string, BundledPackage[]>();
  for (const bundled of packages) byText.set(bundled.text, [...(byText.get(bundled.text) ?? []), bundled]);
  const parts = [...byText].map(([text, own]) => {
    const names = own.map(({ name, version, license }) => `${name} ${version} (${license})`);
    return `${"-".repeat(80)}\n${names.join("\n")}\n\n${text}\n`;
  });
  return [`${introduction}\n`, ...parts].join("\n");
}

function billOfMaterials(packages: readonly BundledPackage[]): string {
  const components = packages.map(({ name, version, license }) => {
    const purl = `pkg:npm/${name.replace("@", "%40")}@${version}`;
    return {
      type: "library",
      "bom-ref": purl,
      name,
      version,
      purl,
      licenses: [{ license: { id: license } }],
    };
  });
  return JSON.stringify({ bomFormat: "CycloneDX", specVersion: "1.5", version: 1, components }, null, 2);
}

/** The license text of a package that declares MIT in its manifest but does not include the text. */
function mit(author: string): string {
  return `Copyright (c) ${author}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;
}
