import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { isolatedDeclaration } from "rolldown/experimental";
import type { Rolldown } from "tsdown";

/** What leads to another file of the source. A comment never is at the start of a line. */
const LOCAL = /^((?:im|ex)port .*from )"(\.[^"]+)\.[jt]s"/gm;

/**
 * The declarations of each source file that the entries lead to, in the folders of the source, once for `import` and
 * once for `require`. To put them together in a few files would take longer than all the rest of the build: of a large
 * description they are megabytes.
 */
export function declarations(folder: string): Rolldown.Plugin {
  let declared: Promise<ReadonlyMap<string, string>>;
  return {
    name: "declarations",
    buildStart({ input }) {
      // They are made on other threads while the JavaScript is bundled.
      declared = declareAll(Object.values(input).map((entry) => resolve(folder, "..", entry)));
      declared.catch(() => "reported when the bundle is there");
    },
    async generateBundle() {
      for (const [file, text] of await declared) {
        const name = relative(folder, file)
          .replaceAll(sep, "/")
          .replace(/(\.d)?\.ts$/, "");
        for (const kind of ["mjs", "cjs"]) {
          const source = text.replaceAll(LOCAL, `$1"$2.${kind}"`);
          this.emitFile({ type: "asset", fileName: `${name}.d.${kind.replace("js", "ts")}`, source });
        }
      }
    },
  };
}

/** The declarations of these files, and of all that they lead to. */
async function declareAll(entries: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  const begun = new Set<string>();
  const declareFrom = async (file: string): Promise<void> => {
    if (begun.has(file)) return;
    begun.add(file);
    const text = await declare(file);
    texts.set(file, text);
    const others = [...text.matchAll(LOCAL)].map(([, , path = ""]) => sourceOf(join(dirname(file), path)));
    await Promise.all(others.map(declareFrom));
  };
  await Promise.all(entries.map(declareFrom));
  return texts;
}

/** JavaScript that was generated has its types beside it. */
function sourceOf(path: string): string {
  const source = `${path}.ts`;
  return existsSync(source) ? source : `${path}.d.ts`;
}

async function declare(file: string): Promise<string> {
  const text = readFileSync(file, "utf8");
  if (file.endsWith(".d.ts")) return text;
  const { code, errors } = await isolatedDeclaration(file, text, { stripInternal: true });
  if (errors.length > 0) throw new Error(`${file}: ${errors.map(({ message }) => message).join("; ")}`);
  return code;
}
