import { dirname, relative, resolve, sep } from "node:path";
import { formatPointer, isObject, type Json } from "@dots-payouts/openapi";
import { MockError } from "../mock-error.ts";

/** A document put together from files. */
export interface LinkedFiles {
  readonly document: unknown;
  /** Absolute paths, the document's own first. */
  readonly files: readonly string[];
}

/** Where the other files stand in the document, by their path from its own. */
const PLACE = "x-mock-files";

/** Keywords whose value is data, in which `$ref` is a name like any other. */
const DATA = ["const", "default", "enum", "example", "value"];

/** Keywords below which names are free, and no keywords. */
const NAMED = [
  "$defs",
  "callbacks",
  "content",
  "definitions",
  "dependentSchemas",
  "examples",
  "headers",
  "links",
  "parameters",
  "pathItems",
  "paths",
  "patternProperties",
  "properties",
  "requestBodies",
  "responses",
  "schemas",
  "securitySchemes",
  "webhooks",
];

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
      const place = other === "" ? [] : [PLACE, other];
      return `#${formatPointer(place).split("/").map(encodeURIComponent).join("/")}${target.fragment}`;
    };
    const value = await load(path).catch((error: unknown) => {
      if (path === file || !(error instanceof MockError)) throw error;
      throw new MockError(`The spec cannot be served: a reference leads to ${name}. ${error.message}`);
    });
    linked.set(name, relink(value, "", link));
  }
  const { "": own, ...others } = Object.fromEntries(linked);
  const document = isObject(own) && files.length > 1 ? { ...own, [PLACE]: others } : own;
  return { document, files };
}

/**
 * Makes sure that a document that is in no file refers to none.
 * @throws MockError naming the place of a reference that leads out of it.
 */
export function requireNoFiles(document: unknown): void {
  relink(document, "", (reference, pointer) => {
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

/** A copy in which every reference is what `link` makes of it; the node itself where that changes nothing. */
function relink(
  node: unknown,
  pointer: string,
  link: (reference: string, pointer: string) => string,
): unknown {
  return new Relinking(link).visit(node, pointer, false);
}

class Relinking {
  readonly #link: (reference: string, pointer: string) => string;

  constructor(link: (reference: string, pointer: string) => string) {
    this.#link = link;
  }

  /** @param named whether the keys of the node are names, and no keywords */
  visit(node: unknown, pointer: string, named: boolean): unknown {
    if (Array.isArray(node)) return this.#entries(node, pointer, false);
    // Where a schema has a base URI of its own, references are relative to that.
    if (!isObject(node) || (!named && typeof node["$id"] === "string")) return node;
    return this.#entries(node, pointer, named);
  }

  #entries(node: Json[] | Readonly<Record<string, Json>>, pointer: string, named: boolean): unknown {
    let changed: Record<string, unknown> | unknown[] | undefined;
    for (const [key, child] of Object.entries(node)) {
      const next = this.#child(key, child, `${pointer}${formatPointer([key])}`, named || Array.isArray(node));
      if (next === child) continue;
      changed ??= Array.isArray(node) ? [...node] : { ...node };
      Object.assign(changed, { [key]: next });
    }
    return changed ?? node;
  }

  #child(key: string, child: Json, pointer: string, named: boolean): unknown {
    if (named) return this.visit(child, pointer, false);
    if (key === "$ref" && typeof child === "string") return this.#link(child, pointer);
    if (DATA.includes(key) || key.startsWith("x-") || (key === "examples" && Array.isArray(child)))
      return child;
    return this.visit(child, pointer, NAMED.includes(key));
  }
}
