import { dirname, relative, resolve, sep } from "node:path";
import { changeNodes, formatPointer, isObject, LINKED_FILES } from "@dots-payouts/openapi";
import { MockError } from "../mock-error.ts";

/** A document put together from files. */
export interface LinkedFiles {
  readonly document: unknown;
  /** Absolute paths, the document's own first. */
  readonly files: readonly string[];
}

/**
 * Reads a document with all the files that its references lead to: they are put into it, and the references follow them.
 * What comes out has references into itself alone.
 * @param load reads and parses a file
 * @throws MockError naming the place of a reference that leads to no file, or onto the network.
 */
export async function linkFiles(
  file: string,
  load: (file: string) => Promise<unknown>,
): Promise<LinkedFiles> {
  const files = [file];
  const linked = new Map<string, unknown>();
  for (const path of files) {
    const name = nameOf(file, path);
    const link = (reference: string, pointer: string): string => {
      const target = targetOf(reference, path, `${name === "" ? "" : `${name} `}#${pointer}`);
      if (target === undefined) return reference;
      if (!files.includes(target.file)) files.push(target.file);
      const other = nameOf(file, target.file);
      const place = other === "" ? [] : [LINKED_FILES, other];
      return `#${formatPointer(place).split("/").map(encodeURIComponent).join("/")}${target.fragment}`;
    };
    const value = await load(path).catch((error: unknown) => {
      if (path === file || !(error instanceof MockError)) throw error;
      throw new MockError(`The spec cannot be served: a reference leads to ${name}. ${error.message}`);
    });
    linked.set(name, relink(value, link));
  }
  const { "": own, ...others } = Object.fromEntries(linked);
  const document = isObject(own) && files.length > 1 ? { ...own, [LINKED_FILES]: others } : own;
  return { document, files };
}

/**
 * Makes sure that a document that is in no file refers to none.
 * @throws MockError naming the place of a reference that leads out of it.
 */
export function requireNoFiles(document: unknown): void {
  relink(document, (reference, pointer) => {
    if (reference.startsWith("#")) return reference;
    throw outside(`#${pointer}`, reference);
  });
}

function nameOf(root: string, path: string): string {
  return path === root ? "" : relative(dirname(root), path).replaceAll(sep, "/");
}

interface Target {
  readonly file: string;
  /** Empty, or a JSON Pointer as a URI has it. */
  readonly fragment: string;
}

function targetOf(reference: string, from: string, place: string): Target | undefined {
  const [path = "", fragment = ""] = reference.split("#");
  if (path === "") return fragment === "" || fragment.startsWith("/") ? { file: from, fragment } : undefined;
  if (/^([a-z][\w+.-]+:|\/\/)/i.test(path) || !(fragment === "" || fragment.startsWith("/"))) {
    throw outside(place, reference);
  }
  return { file: resolve(dirname(from), decodeURIComponent(path)), fragment };
}

function outside(place: string, reference: string): MockError {
  return new MockError(
    `The spec cannot be served: ${place}: ${reference} leads out of the document. Bundle it first: npx @redocly/cli bundle openapi.yaml --output bundled.yaml`,
  );
}

/** A copy in which every reference is what `link` makes of it. */
function relink(node: unknown, link: (reference: string, pointer: string) => string): unknown {
  if (!isObject(node) && !Array.isArray(node)) return node;
  return changeNodes(node, (part, walk) => {
    // Where a schema has its own base URI, references are relative to that.
    if (typeof part["$id"] === "string") return part;
    const { $ref: reference } = part;
    const linked = typeof reference === "string" ? link(reference, `${walk.pointer}/$ref`) : reference;
    // What an extension means by a reference is not known.
    const known = Object.entries(part).filter(([key]) => !key.startsWith("x-"));
    const below = { ...part, ...walk.below(Object.fromEntries(known)) };
    return linked === undefined ? below : { ...below, $ref: linked };
  });
}
