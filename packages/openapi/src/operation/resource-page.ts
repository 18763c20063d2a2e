import { Extension } from "../document/extension.ts";
import type { Json } from "../json/json.ts";
import { isPointer } from "../json/pointer.ts";

/** A query parameter that filters resources. */
export interface Filter {
  readonly parameter: string;
  /** JSON Pointer into the resource. */
  readonly pointer: string;
  /** Which resources: those with the same value there, with that or a later one, or with that or an earlier one. */
  readonly keeps: "same" | "from" | "to";
}

/** How a list is paged. Features that the list lacks are `undefined`. */
export interface Page {
  /** Query parameter: the largest number of resources on a page. */
  readonly limit: string | undefined;
  /** Leads to the next page. */
  readonly after: Cursor | undefined;
  /** Leads to the previous page. A page keeps the order of the list in both directions. */
  readonly before: Cursor | undefined;
  /** Pointer into the success: the value for `after` on the next page; absent or null on the last page. */
  readonly next: string | undefined;
  /** Pointer into the success: whether there are more resources, before this page if `before` was sent, else after. */
  readonly more: string | undefined;
  /** The status for a request with both cursors; `undefined` if the document does not say. */
  readonly bothCursors: number | undefined;
  /** The status for a cursor that matches no resource; `undefined` if the document does not say. */
  readonly unknownCursor: number | undefined;
}

/** A query parameter that says where a page starts or ends. */
export interface Cursor {
  readonly parameter: string;
  /**
   * JSON Pointer into a resource: the parameter takes the value of the last resource seen (`after`) or of the first
   * (`before`). `undefined` if the value comes from the page, at `next`.
   */
  readonly from: string | undefined;
}

/** Reads the `filters` of a list. @throws DocumentError if they can't be read */
export function readFilters(role: Extension): Filter[] {
  return role.entries("filters").map(({ name, node, place }): Filter => {
    if (typeof node === "string" && isPointer(node)) return { parameter: name, pointer: node, keeps: "same" };
    const bound = new Extension(node, place, ["from", "to"]);
    const keeps = bound.has("from") ? "from" : "to";
    return { parameter: name, pointer: bound.pointer(keeps), keeps };
  });
}

const KEYS = ["limit", "after", "before", "next", "more", "bothCursors", "unknownCursor"];

/** Reads the `page` of a list. @throws DocumentError if it can't be read */
export function readPage(role: Extension): Page {
  const page = new Extension(role.node["page"] ?? {}, role.at("page"), KEYS);
  const status = (key: string): number | undefined => (page.has(key) ? page.count(key, 100) : undefined);
  return {
    limit: page.textIfAny("limit"),
    after: readCursor(page.node["after"], page.at("after")),
    before: readCursor(page.node["before"], page.at("before")),
    next: page.pointerIfAny("next"),
    more: page.pointerIfAny("more"),
    bothCursors: status("bothCursors"),
    unknownCursor: status("unknownCursor"),
  };
}

function readCursor(node: Json | undefined, place: string): Cursor | undefined {
  if (node === undefined) return undefined;
  if (typeof node === "string" && node !== "") return { parameter: node, from: undefined };
  const cursor = new Extension(node, place, ["parameter", "from"]);
  return { parameter: cursor.text("parameter"), from: cursor.pointer("from") };
}
