import type { Rolldown } from "tsdown";

/** Keeps an entry a file that the others import by its name, so that `browser` in package.json can replace it. */
export function ownFile(name: string, extension: "mjs" | "cjs"): Rolldown.Plugin {
  return {
    name: "own-file",
    resolveId: (source, importer) =>
      importer !== undefined && source.endsWith(`/${name}.ts`)
        ? { id: `./${name}.${extension}`, external: true }
        : null,
  };
}
