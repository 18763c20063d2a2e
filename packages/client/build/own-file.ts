import type { Rolldown } from "tsdown";

/** Keeps an entry a file that the others import as `#name`, so that `imports` in package.json says which one it is. */
export function ownFile(name: string): Rolldown.Plugin {
  return {
    name: "own-file",
    resolveId: (source, importer) =>
      importer !== undefined && source.endsWith(`/${name}.ts`) ? { id: `#${name}`, external: true } : null,
  };
}
