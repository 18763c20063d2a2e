import { readFile } from "node:fs/promises";
import { join, posix } from "node:path";
import { isObject, type Json } from "@dots-payouts/openapi";
import { readDeclarations } from "./declaration-file.ts";

/** What a package shows to TypeScript, but for what is made from the API's description. */
export interface PublicTypes {
  /** The names that each entry exports, such as `.` or `./webhooks`. */
  readonly entries: ReadonlyMap<string, readonly string[]>;
  /** Each declaration that an export leads to, without comments, by its name. */
  readonly declarations: ReadonlyMap<string, string>;
  /** What of it has no doc comment, such as `Options` or `Options.port`. */
  readonly undocumented: readonly string[];
}

/** Types in such a folder follow from the description, whose changes are judged by themselves. */
const GENERATED = /(^|\/)generated\//;

/**
 * Reads the types of a built package.
 * @throws Problem if it is not built.
 */
export async function readPublicTypes(folder: string): Promise<PublicTypes> {
  const manifest: unknown = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const exports = isObject(manifest) && isObject(manifest["exports"]) ? manifest["exports"] : {};
  const entries = new Map<string, readonly string[]>();
  const files: string[] = [];
  const wanted: string[] = [];
  for (const [entry, target] of Object.entries(exports)) {
    const file = typesOf(target);
    if (file === undefined) continue;
    const { exported, local } = await readDeclarations(folder, file);
    files.push(file);
    entries.set(entry, exported);
    wanted.push(...local);
  }
  const declared = new Map<string, string>();
  const bare = new Map<string, readonly string[]>();
  const seen = new Set(files);
  for (const file of seen) {
    const { imported, declarations } = await readDeclarations(folder, file);
    for (const { name, text, undocumented } of declarations) {
      const title = freeName(declared, name, text);
      declared.set(title, text);
      bare.set(title, undocumented);
    }
    for (const path of imported) {
      const other = posix.join(posix.dirname(file), path.replace(/\.mjs$/, ".d.mts"));
      if (!GENERATED.test(other)) seen.add(other);
    }
  }
  const declarations = reachable(declared, wanted);
  const undocumented = [...declarations.keys()].flatMap((title) => bare.get(title) ?? []);
  return { entries, declarations, undocumented };
}

/** The declarations that these names lead to, directly or by others, by name. What else is in their files is not public. */
function reachable(declared: ReadonlyMap<string, string>, wanted: readonly string[]): Map<string, string> {
  const names = new Set(wanted);
  for (const name of names) {
    for (const [title, text] of declared) {
      if (title.replace(/ \(\d+\)$/, "") !== name) continue;
      for (const word of text.match(/[A-Za-z_$][\w$]*/g) ?? []) names.add(word);
    }
  }
  const found = [...declared].filter(([title]) => names.has(title.replace(/ \(\d+\)$/, "")));
  return new Map(found.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** The declaration file of an export, as ES modules get it. */
function typesOf(target: Json | undefined): string | undefined {
  if (!isObject(target)) return undefined;
  return typeof target["types"] === "string" ? target["types"] : typesOf(target["import"]);
}

/** Two files may declare the same name. */
function freeName(taken: ReadonlyMap<string, string>, name: string, text: string): string {
  let free = name;
  for (let number = 2; taken.has(free) && taken.get(free) !== text; number += 1) free = `${name} (${number})`;
  return free;
}
