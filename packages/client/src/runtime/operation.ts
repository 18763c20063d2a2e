import type { ApiCall } from "./api-call.ts";
import type { KeyedCallOptions } from "./call-options.ts";

/** What the client knows about an operation at run time. */
export interface Operation {
  /** Ignores what a program adds to `Object.prototype`. */
  readonly __proto__: null;
  /** Its `operationId`. */
  readonly id: string;
  /** In upper case. */
  readonly method: string;
  /** The path template, without the base URL. */
  readonly path: string;
  /** Whether it changes nothing, as GET does. */
  readonly safe?: boolean;
  /** Whether repeating the request has no further effect, as with DELETE. Absent if the operation is safe. */
  readonly idempotent?: boolean;
  /** Whether it takes no credentials, so that none are sent. */
  readonly open?: true;
  /** The path to the idempotency key in the request body. Absent if the operation has none. */
  readonly key?: readonly string[];
  /** How long the key protects, in milliseconds. Absent if the spec doesn't say. */
  readonly keyLifetime?: number;
  /** Whether the key has to be a UUID. */
  readonly keyIsUuid?: true;
  /** How to find out whether a call was carried out, as an imperative. Absent if the API offers no way. */
  readonly lookUp?: string;
  /** The properties of the request body that must be integers, such as an amount in cents. */
  readonly integers?: readonly string[];
  /** The separator between the items of a list in the query, by parameter. Absent if each item is its own pair. */
  readonly separators?: Readonly<Record<string, string>>;
  /** The media types of the request and the answer, if they are not plain JSON. */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * `true`: no success has content; `false`: some do. An answer without content has no data. Absent: every success has
   * content.
   */
  readonly empty?: boolean;
  /** Whether a success may be a JSON value other than an object or a list. */
  readonly plain?: true;
  /** The path to the resource's ID in a success. An answer without it does not count as a success. */
  readonly idAt?: readonly string[];
  /** The path to the list in a success. An answer without it does not count as a success. */
  readonly itemsAt?: readonly string[];
  /** The path to the boolean that says whether a list has more pages. */
  readonly moreAt?: readonly string[];
  /** The cursor to the next page of a list. */
  readonly after?: Cursor;
  /** The cursor to the previous page. */
  readonly before?: Cursor;
}

/** A query parameter that says where a page starts or ends, and where to find its next value. */
export interface Cursor {
  /** The name of the query parameter. */
  readonly parameter: string;
  /** The path to it in the page. */
  readonly at?: readonly string[];
  /** The path to it in the item at the end of the page, if it is not in the page itself. */
  readonly itemAt?: readonly string[];
}

/**
 * A client as a function: starts a call of an operation. `path` makes its path, if the template needs values.
 * @public for generated source
 */
export type Client = <Data>(
  operation: Operation,
  options: KeyedCallOptions | undefined,
  body?: unknown,
  path?: () => string,
) => ApiCall<Data>;
