import { DocumentError } from "../document/document.ts";
import { isObject, type Json } from "../json/json.ts";
import { isPointer } from "../json/pointer.ts";
import { type PlacedValue, readPlacedValues } from "./response-condition.ts";

/** `x-resource`: what an operation does to the resources of a kind. Pointers are JSON Pointers. */
export type ResourceRole = Creates | Reads | Lists | Changes | Removes;

interface Role {
  /** The name of the kind, the same for all operations on its resources. */
  readonly kind: string;
}

export interface Creates extends Role {
  readonly does: "create";
  /** Pointer into the success: where the new resource's ID stands. */
  readonly id: string;
}

export interface Reads extends Role {
  readonly does: "read";
  /** The path parameter that takes the ID. */
  readonly by: string;
}

export interface Lists extends Role {
  readonly does: "list";
  /** Pointer into the success: where the array of resources stands. Empty: the body is the array. */
  readonly items: string;
  /** Query parameters that let through only those resources which have their value there. */
  readonly filters: readonly Filter[];
  readonly page: Page;
}

interface Filter {
  readonly parameter: string;
  readonly pointer: string;
}

/** How a list is cut into pages; what is absent, the list has not. */
interface Page {
  /** Query parameter: how many resources a page has at most. */
  readonly limit: string | undefined;
  /** Query parameter that takes what stood at `next`. */
  readonly after: string | undefined;
  /** Pointer into the success: where to go on; absent or null on the last page. */
  readonly next: string | undefined;
}

export interface Changes extends Role {
  readonly does: "change";
  readonly by: string;
  /** Values that the resource has afterwards, whatever was sent, by pointer. `x-echo` says what is taken over. */
  readonly sets: readonly PlacedValue[];
}

export interface Removes extends Role {
  readonly does: "remove";
  readonly by: string;
}

/** Reads `x-resource`. @throws DocumentError at `place` where the extension can't be read: what it protects must not go unsaid. */
export function readResourceRole(node: Json | undefined, place: string): ResourceRole | undefined {
  if (node === undefined) return undefined;
  if (!isObject(node)) throw new DocumentError(place, "an object with kind and does is needed");
  const text = (key: string, owner = node): string => {
    const value = owner[key];
    if (typeof value === "string" && value !== "") return value;
    throw new DocumentError(`${place}/${key}`, "a name is needed");
  };
  const pointer = (key: string, owner = node): string => {
    const value = owner[key];
    if (typeof value === "string" && isPointer(value)) return value;
    throw new DocumentError(`${place}/${key}`, `${JSON.stringify(value)} is not a JSON Pointer`);
  };
  const pairs = (key: string): [string, Json][] => {
    const value = node[key] ?? {};
    if (isObject(value)) return Object.entries(value);
    throw new DocumentError(`${place}/${key}`, "an object is needed");
  };
  const kind = text("kind");
  switch (node["does"]) {
    case "create":
      return { does: "create", kind, id: pointer("id") };
    case "read":
      return { does: "read", kind, by: text("by") };
    case "remove":
      return { does: "remove", kind, by: text("by") };
    case "change":
      return { does: "change", kind, by: text("by"), sets: readPlacedValues(node["sets"], `${place}/sets`) };
    case "list": {
      const page = Object.fromEntries(pairs("page"));
      const filters = pairs("filters");
      return {
        does: "list",
        kind,
        items: pointer("items"),
        filters: filters.map(([parameter]) => ({
          parameter,
          pointer: pointer(parameter, Object.fromEntries(filters)),
        })),
        page: {
          limit: page["limit"] === undefined ? undefined : text("limit", page),
          after: page["after"] === undefined ? undefined : text("after", page),
          next: page["next"] === undefined ? undefined : pointer("next", page),
        },
      };
    }
    default:
      throw new DocumentError(`${place}/does`, "create, read, list, change or remove is needed");
  }
}
