import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseSync } from "oxc-parser";
import { Problem } from "../repository/problem.ts";

/** A file of declarations. */
export interface DeclarationFile {
  readonly exported: readonly string[];
  /** The names of what is exported, as this file knows them. */
  readonly local: readonly string[];
  /** Paths of files beside it. */
  readonly imported: readonly string[];
  readonly declarations: readonly {
    readonly name: string;
    readonly text: string;
    readonly undocumented: readonly string[];
  }[];
}

/**
 * Reads a file of declarations.
 * @throws Problem if it is not there.
 */
export async function readDeclarations(folder: string, file: string): Promise<DeclarationFile> {
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
  const isDocumented = (start: number): boolean =>
    comments.some(
      ({ type, value, end }) =>
        type === "Block" && value.startsWith("*") && end <= start && BETWEEN.test(source.slice(end, start)),
    );
  const declarations = program.body.flatMap((statement) => {
    const declaration =
      statement.type === "ExportNamedDeclaration" && statement.declaration !== null
        ? statement.declaration
        : statement;
    const name = nameOf(declaration);
    if (name === undefined) return [];
    const bare = membersOf(declaration).filter((member) => !isDocumented(member.start));
    const undocumented = [
      ...(isDocumented(statement.start) ? [] : [name]),
      ...bare.map(({ start, end }) => `${name}.${source.slice(start, end).split("\n")[0]}`),
    ];
    return [{ name, text: textOf(declaration), undocumented }];
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

/** What may be between a doc comment and what it is about. */
const BETWEEN = /^\s*(export\s+)?(declare\s+)?$/;

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

interface Member {
  readonly start: number;
  readonly end: number;
}

/**
 * The parts of a declaration that have to be explained. An override is explained where it comes from; and the name of an
 * error's class, or the one status that it is about, explains itself.
 */
function membersOf(declaration: Statement): readonly Member[] {
  switch (declaration.type) {
    case "TSInterfaceDeclaration":
      return declaration.body.body;
    case "TSTypeAliasDeclaration":
      return declaration.typeAnnotation.type === "TSTypeLiteral" ? declaration.typeAnnotation.members : [];
    case "ClassDeclaration":
      return declaration.body.body.filter((member) =>
        member.type === "MethodDefinition"
          ? !member.override && member.kind !== "constructor"
          : member.type === "PropertyDefinition" &&
            !member.override &&
            member.key.type !== "PrivateIdentifier" &&
            member.typeAnnotation?.typeAnnotation.type !== "TSLiteralType",
      );
    default:
      return [];
  }
}
