import { dirname, relative, resolve, sep } from "node:path";
import {
  changeNodes,
  formatPointer,
  isObject,
  type JsonObject,
  LINKED_FILES,
  type Walk,
} from "@dots-payouts/openapi";
import { MockError } from "../mock-error.ts";

/** A document assembled from files. */
export interface LinkedFiles {
  readonly document: unknown;
  /** Absolute paths, the document's own first. */
  readonly files: readonly string[];
}

/**
 * Reads a document with all the files that it refers to. They are embedded and the references adjusted, so the result
 * only refers to itself.
 * @param load reads and parses a file
 * @throws MockError naming the place of a reference to a missing file or to the network.
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
      throw new MockError(`The spec cannot be served: a reference points to ${name}. ${error.message}`);
    });
    linked.set(name, relink(value, link));
  }
  const { "": own, ...others } = Object.fromEntries(linked);
  const document = isObject(own) && files.length > 1 ? { ...own, [LINKED_FILES]: others } : own;
  return { document, files };
}

/**
 * Makes sure that a document that was not read from a file refers to no files.
 * @throws MockError naming the place of a reference out of the document.
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
  /** Empty, or a JSON Pointer encoded for a URI. */
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

/** A copy with every reference replaced by the result of `link`. */
function relink(node: unknown, link: (reference: string, pointer: string) => string): unknown {
  if (!isObject(node) && !Array.isArray(node)) return node;
  return changeNodes(node, (part, walk) => {
    // If a schema has its own base URI, references are relative to that.
    if (typeof part["$id"] === "string") return part;
    const { $ref: reference } = part;
    const linked = typeof reference === "string" ? link(reference, `${walk.pointer}/$ref`) : reference;
    const below = belowKnown(part, walk);
    return linked === undefined || linked === reference ? below : { ...below, $ref: linked };
  });
}

/** The meaning of references in extensions is unknown. */
function belowKnown(node: JsonObject, walk: Walk): JsonObject {
  const isExtension = (key: string): boolean => key.startsWith("x-");
  if (!Object.keys(node).some(isExtension)) return walk.below(node);
  const known = Object.fromEntries(Object.entries(node).filter(([key]) => !isExtension(key)));
  const below = walk.below(known);
  return below === known ? node : { ...node, ...below };
}
