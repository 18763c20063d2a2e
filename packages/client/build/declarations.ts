import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { isolatedDeclarationSync } from "rolldown/experimental";
import type { Rolldown } from "tsdown";

/** What leads to another file of the source. A comment never is at the start of a line. */
const LOCAL = /^((?:im|ex)port .*from )"(\.[^"]+)\.[jt]s"/gm;

/**
 * The declarations of each source file that the entries lead to, in the folders of the source, once for `import` and
 * once for `require`. To put them together in a few files would take longer than all the rest of the build: of a large
 * description they are megabytes.
 */
export function declarations(folder: string): Rolldown.Plugin {
  return {
    name: "declarations",
    generateBundle(_options, made) {
      const files = new Set(
        Object.values(made).flatMap((file) =>
          file.type === "chunk" && file.isEntry ? (file.facadeModuleId ?? []) : [],
        ),
      );
      // A set is walked to its end, also over what is added meanwhile.
      for (const file of files) {
        const text = declare(file);
        for (const [, , path = ""] of text.matchAll(LOCAL)) files.add(sourceOf(join(dirname(file), path)));
        const name = relative(folder, file).replace(/(\.d)?\.ts$/, "");
        for (const kind of ["mjs", "cjs"]) {
          const source = text.replaceAll(LOCAL, `$1"$2.${kind}"`);
          this.emitFile({ type: "asset", fileName: `${name}.d.${kind.replace("js", "ts")}`, source });
        }
      }
    },
  };
}

/** JavaScript that was generated has its types beside it. */
function sourceOf(path: string): string {
  const source = `${path}.ts`;
  return existsSync(source) ? source : `${path}.d.ts`;
}

function declare(file: string): string {
  const text = readFileSync(file, "utf8");
  if (file.endsWith(".d.ts")) return text;
  const { code, errors } = isolatedDeclarationSync(file, text, { stripInternal: true });
  if (errors.length > 0) throw new Error(`${file}: ${errors.map(({ message }) => message).join("; ")}`);
  return code;
}
