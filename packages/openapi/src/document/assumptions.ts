import { isObject, type Json, type JsonObject } from "../json/json.ts";
import { formatPointer, parsePointer } from "../json/pointer.ts";
import { memoizeByObject } from "../memoize.ts";
import { DocumentError, type OpenApiDocument } from "./document.ts";
import { eachNode } from "./nodes.ts";

/** `x-assumption`: something that the document says although the API does not document it. */
export interface Assumption {
  /** JSON Pointer to what is assumed: an object with everything in it, or one keyword. */
  readonly pointer: string;
  /** The one assumed name in the keyword's list or map; `undefined` if the whole keyword is assumed. */
  readonly name: string | undefined;
  /** Why it is assumed. */
  readonly reason: string;
}

/**
 * Why something in the document is assumed; `undefined` if it is not.
 * @param pointer JSON Pointer to a keyword or an object; marks on enclosing objects count, but not on what refers to it
 * @param name one name in the keyword's list or map, such as a property in `required`
 */
export function assumptionAt(document: OpenApiDocument, pointer: string, name?: string): string | undefined {
  let node: Json | undefined = document;
  const tokens = parsePointer(pointer);
  for (const [index, token] of [...tokens, undefined].entries()) {
    const mark: Json | undefined = isObject(node) ? node["x-assumption"] : undefined;
    if (typeof mark === "string") return mark;
    const keyword = token !== undefined && isObject(mark) ? own(mark, token) : undefined;
    if (typeof keyword === "string") return keyword;
    const next: Json | undefined = token === undefined ? undefined : child(node, token);
    if (isObject(keyword)) {
      const inner = index + 1 < tokens.length ? nameOf(next, tokens[index + 1]) : name;
      const reason = inner === undefined ? undefined : own(keyword, inner);
      if (typeof reason === "string") return reason;
    }
    node = next;
  }
  return undefined;
}

/** The name that a reference token means: in a list the string at this index, in a map the key itself. */
function nameOf(node: Json | undefined, token: string | undefined): string | undefined {
  if (!Array.isArray(node)) return token;
  const item = node[Number(token)];
  return typeof item === "string" ? item : undefined;
}

function child(node: Json | undefined, token: string): Json | undefined {
  if (Array.isArray(node)) return node[Number(token)];
  return isObject(node) ? own(node, token) : undefined;
}

function own(node: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(node, key) ? node[key] : undefined;
}

/**
 * Everything that a document assumes, in document order.
 * @throws DocumentError if a mark can't be read.
 */
export const listAssumptions: (document: OpenApiDocument) => readonly Assumption[] = memoizeByObject(
  (document) => {
    const found: Assumption[] = [];
    eachNode(document, (node, walk) => {
      if (node["x-assumption"] !== undefined) found.push(...readMark(node["x-assumption"], walk.pointer));
    });
    return found;
  },
);

function readMark(mark: Json, pointer: string): Assumption[] {
  if (typeof mark === "string") return [{ pointer, name: undefined, reason: mark }];
  const unreadable = (): never => {
    throw new DocumentError(
      `${pointer}/x-assumption`,
      "a reason, or an object of keywords and reasons, is needed",
    );
  };
  if (!isObject(mark)) return unreadable();
  return Object.entries(mark).flatMap(([keyword, reasons]): Assumption[] => {
    const place = pointer + formatPointer([keyword]);
    if (typeof reasons === "string") return [{ pointer: place, name: undefined, reason: reasons }];
    if (!isObject(reasons)) return unreadable();
    return Object.entries(reasons).map(([name, reason]) =>
      typeof reason === "string" ? { pointer: place, name, reason } : unreadable(),
    );
  });
}
