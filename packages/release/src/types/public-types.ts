import { readFile } from "node:fs/promises";
import { join, posix } from "node:path";
import { isObject, type Json } from "@dots-payouts/openapi";
import { parseSync } from "oxc-parser";
import { Problem } from "../repository/problem.ts";

/** What a package shows to TypeScript, but for what is made from the API's description. */
export interface PublicTypes {
  /** The names that each entry exports, such as `.` or `./webhooks`. */
  readonly entries: ReadonlyMap<string, readonly string[]>;
  /** Each declaration that an export leads to, without comments, by its name. */
  readonly declarations: ReadonlyMap<string, string>;
}

/** Types in such a folder follow from the description, whose changes are judged by themselves. */
const GENERATED = /(^|\/)generated\//;

/**
 * Reads the types of a built package.
 * @throws Problem when it is not built.
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
    const { exported, local } = await readFileOf(folder, file);
    files.push(file);
    entries.set(entry, exported);
    wanted.push(...local);
  }
  const declared = new Map<string, string>();
  const seen = new Set(files);
  for (const file of seen) {
    const { imported, declarations } = await readFileOf(folder, file);
    for (const [name, text] of declarations) declared.set(freeName(declared, name, text), text);
    for (const path of imported) {
      const other = posix.join(posix.dirname(file), path.replace(/\.mjs$/, ".d.mts"));
      if (!GENERATED.test(other)) seen.add(other);
    }
  }
  return { entries, declarations: reachable(declared, wanted) };
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

interface DeclarationFile {
  readonly exported: readonly string[];
  /** The names of what is exported, as this file knows them. */
  readonly local: readonly string[];
  /** Paths of files beside it. */
  readonly imported: readonly string[];
  readonly declarations: readonly (readonly [name: string, text: string])[];
}

async function readFileOf(folder: string, file: string): Promise<DeclarationFile> {
  const source = await readFile(join(folder, file), "utf8").catch(() => {
    throw new Problem(`There is no ${join(folder, file)}. Build the packages first: npx -y pnpm@12 build`);
  });
  const { program, comments, module } = parseSync(file, source);
  const textOf = ({ start, end }: { start: number; end: number }): string => {
    const inside = comments.filter((comment) => comment.start >= start && comment.end <= end).reverse();
    const bare = inside.reduce(
      (text, comment) => text.slice(0, comment.start - start) + text.slice(comment.end - start),
      source.slice(start, end),
    );
    return bare.replace(/[ \t]+$/gm, "").replace(/\n{2,}/g, "\n");
  };
  const declarations = program.body.flatMap((statement): [string, string][] => {
    const declaration =
      statement.type === "ExportNamedDeclaration" && statement.declaration !== null
        ? statement.declaration
        : statement;
    const name = nameOf(declaration);
    return name === undefined ? [] : [[name, textOf(declaration)]];
  });
  const local = module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ exportName, localName, importName }) =>
      [exportName.name ?? [], localName.name ?? [], importName.name ?? []].flat(),
    ),
  );
  const exported = module.staticExports.flatMap(({ entries }) =>
    entries.map(({ exportName, moduleRequest }) =>
      exportName.name === null ? `everything of ${moduleRequest?.value}` : exportName.name,
    ),
  );
  const requests = [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap((each) => each.moduleRequest?.value ?? []),
    ),
  ];
  return {
    exported: [...new Set(exported)].sort(),
    local,
    imported: requests.filter((path) => path.startsWith(".")),
    declarations,
  };
}

type Statement = ReturnType<typeof parseSync>["program"]["body"][number];

function nameOf(statement: Statement): string | undefined {
  switch (statement.type) {
    case "TSInterfaceDeclaration":
    case "TSTypeAliasDeclaration":
    case "ClassDeclaration":
    case "FunctionDeclaration":
    case "TSDeclareFunction":
    case "TSEnumDeclaration":
      return statement.id?.name;
    case "VariableDeclaration": {
      const id = statement.declarations[0]?.id;
      return id?.type === "Identifier" ? id.name : undefined;
    }
    default:
      return undefined;
  }
}
