import type { ApiCall } from "./api-call.ts";
import type { KeyedCallOptions } from "./call-options.ts";

/** What the client knows of an operation while it runs. */
export interface Operation {
  /** What a program adds to `Object.prototype` says nothing of an operation. */
  readonly __proto__: null;
  /** Its `operationId`. */
  readonly id: string;
  /** In upper case. */
  readonly method: string;
  /** The path template, without the base URL. */
  readonly path: string;
  /** Whether it changes nothing, as GET does. */
  readonly safe?: boolean;
  /** Whether several requests do what one does, as with DELETE. Absent where it is safe. */
  readonly idempotent?: boolean;
  /** Whether it takes no credentials, so that it is sent none. */
  readonly open?: true;
  /** The names that lead to the idempotency key in the request body. Absent: the operation has none. */
  readonly key?: readonly string[];
  /** How long the key protects, in milliseconds. Absent: the spec does not say. */
  readonly keyLifetime?: number;
  /** Whether the key has to be a UUID. */
  readonly keyIsUuid?: true;
  /** How to find out whether a call was carried out, as an imperative. Absent: nothing in the API tells. */
  readonly lookUp?: string;
  /** The properties of the request body that have to be integers, such as an amount in cents. */
  readonly integers?: readonly string[];
  /** What stands between the items of a list in the query, by parameter. Absent: each item is its own pair. */
  readonly separators?: Readonly<Record<string, string>>;
  /** How the objects in the query are written, by parameter: `filter[from]=…`, `from=…`, or as a list of names and values. */
  readonly objects?: Readonly<Record<string, "deep" | "flat" | "list">>;
  /** How the body is written as a form. Absent: it is sent as JSON. */
  readonly form?: Pick<Operation, "path" | "separators" | "objects">;
  /** The media types that the operation takes and gives, where they are not simply JSON. */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * `true`: no success brings content; `false`: some do. An answer without content has no data.
   * Absent: every success brings content.
   */
  readonly empty?: boolean;
  /** Whether a success may be another JSON value than an object or a list. */
  readonly plain?: true;
  /** The names that lead to the ID of the resource that a success brings. A success without it is none. */
  readonly idAt?: readonly string[];
  /** The names that lead to the list that a success brings. A success without it is none. */
  readonly itemsAt?: readonly string[];
  /** The names that lead to what says whether a list has more pages: `true` or `false`. */
  readonly moreAt?: readonly string[];
  /** What leads from a page of a list to the next one. */
  readonly after?: Cursor;
  /** What leads to the page before. */
  readonly before?: Cursor;
}

/** A query parameter that says where a page begins or ends, and where its next value is found. */
export interface Cursor {
  /** The name of the query parameter. */
  readonly parameter: string;
  /** The names that lead to it in the page. */
  readonly at?: readonly string[];
  /** The names that lead to it in the item at the end of the page, where it is not in the page itself. */
  readonly itemAt?: readonly string[];
}

/**
 * A client as a function: starts a call of an operation. `path` makes its path, where that takes more than the template.
 * @public for generated source
 */
export type Client = <Data>(
  operation: Operation,
  options: KeyedCallOptions | undefined,
  body?: unknown,
  path?: () => string,
) => ApiCall<Data>;
