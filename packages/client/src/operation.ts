import type { ApiCall } from "./api-call.ts";
import type { KeyedCallOptions } from "./call-options.ts";

/** What the client knows of an operation while it runs. */
export interface Operation {
  readonly id: string;
  /** In upper case. */
  readonly method: string;
  /** The path template, without the base URL. */
  readonly path: string;
  /** The names that lead to the idempotency key in the request body. Absent: the operation has none. */
  readonly key?: readonly string[];
  /** What stands between the items of a list in the query, by parameter. Absent: each item is a pair of its own. */
  readonly separators?: Readonly<Record<string, string>>;
  /** Whether a success brings no content. The data of its answer is then an empty list. */
  readonly empty?: true;
}

/**
 * Starts a call of an operation. `path` makes its path, where that takes more than the template.
 * @public for generated source
 */
export type Call = <Data>(
  operation: Operation,
  options: KeyedCallOptions | undefined,
  body?: unknown,
  path?: () => string,
) => ApiCall<Data>;
