import { DocumentError } from "../document/document.ts";
import { Extension, type PlacedValue } from "../document/extension.ts";
import { isObject, type Json } from "../json/json.ts";
import { type Filter, type Page, readFilters, readPage } from "./resource-page.ts";

/** `x-resource`: what an operation does to the resources of a kind. Pointers are JSON Pointers. */
export type ResourceRole = Creates | Reads | Lists | Changes | Removes;

interface Role {
  /** The name of the kind, the same for all operations on its resources. */
  readonly kind: string;
}

interface InSuccess extends Role {
  /** Pointer into the success: where the resource is. Empty: the body is the resource. */
  readonly at: string;
}

export interface Creates extends InSuccess {
  readonly does: "create";
  /** Pointer into the success: where the new resource's ID is. */
  readonly id: string;
}

export interface Reads extends InSuccess {
  readonly does: "read";
  /** The path parameter that takes the ID. */
  readonly by: string;
}

export interface Lists extends Role {
  readonly does: "list";
  /** Pointer into the success: where the array of resources is. Empty: the body is the array. */
  readonly items: string;
  /** Query parameters that filter resources. */
  readonly filters: readonly Filter[];
  /** Which resources come first; `undefined` if the document does not say. */
  readonly order: "newest" | "oldest" | undefined;
  /** Query parameter that reverses the order when it is `true`. */
  readonly reverse: string | undefined;
  readonly page: Page;
}

export interface Changes extends InSuccess {
  readonly does: "change";
  readonly by: string;
  /** The move in the resource's life (`x-states`) that the operation makes. */
  readonly move: string | undefined;
  /**
   * Values that the resource has afterwards, whatever was sent, including what its move sets. `x-echo` says what is
   * taken over from the request.
   */
  readonly sets: readonly PlacedValue[];
  /** How often the operation can be carried out on one resource; `undefined` if there is no limit. */
  readonly most: Most | undefined;
}

/** A limit to how often something can be done. */
export interface Most {
  readonly times: number;
  /** How many of them the creation of the resource uses up. */
  readonly done: number;
}

export interface Removes extends InSuccess {
  readonly does: "remove";
  readonly by: string;
}

/** The keys of each role besides `kind` and `does`. */
const KEYS: Readonly<Record<ResourceRole["does"], readonly string[]>> = {
  create: ["id", "at"],
  read: ["by", "at"],
  list: ["items", "filters", "order", "reverse", "page"],
  change: ["by", "at", "move", "sets", "most"],
  remove: ["by", "at"],
};

/** Reads `x-resource`. @throws DocumentError if it can't be read */
export function readResourceRole(node: Json | undefined, place: string): ResourceRole | undefined {
  if (node === undefined) return undefined;
  const does = isObject(node) ? node["does"] : undefined;
  const words = Object.keys(KEYS).join(", ");
  if (typeof does !== "string" || !isRole(does)) {
    throw new DocumentError(isObject(node) ? `${place}/does` : place, `does has to be one of ${words}`);
  }
  const role = new Extension(node, place, ["kind", "does", ...KEYS[does]]);
  const kind = role.text("kind");
  const at = role.pointerIfAny("at") ?? "";
  switch (does) {
    case "create":
      return { does, kind, at, id: role.pointer("id") };
    case "list":
      return {
        does,
        kind,
        items: role.pointer("items"),
        filters: readFilters(role),
        order: role.has("order") ? role.oneOf("order", ["newest", "oldest"]) : undefined,
        reverse: role.textIfAny("reverse"),
        page: readPage(role),
      };
    case "change":
      return {
        does,
        kind,
        at,
        by: role.text("by"),
        move: role.textIfAny("move"),
        sets: role.values("sets"),
        most: role.has("most") ? readMost(role) : undefined,
      };
    default:
      return { does, kind, at, by: role.text("by") };
  }
}

function isRole(does: string): does is ResourceRole["does"] {
  return Object.hasOwn(KEYS, does);
}

function readMost(role: Extension): Most {
  const most = new Extension(role.node["most"], role.at("most"), ["times", "done"]);
  return { times: most.count("times", 1), done: most.has("done") ? most.count("done", 0) : 0 };
}
