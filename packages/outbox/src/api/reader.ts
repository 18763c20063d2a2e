import type { Kind } from "./kinds.ts";

/** A page of a list. */
interface Page {
  readonly items: readonly unknown[];
  /** The cursor of the next page; `undefined` on the last one. */
  readonly next: string | undefined;
  /** The API's own time. */
  readonly date: number | undefined;
}

/** Reads back what the API has created. Throws what the client throws. */
export interface Reader {
  /**
   * @param after the cursor from the previous page
   * @param signal aborts the request
   */
  page(kind: Pick<Kind, "name" | "list">, after: string | undefined, signal?: AbortSignal): Promise<Page>;
  /** @returns `undefined` if there is no such object */
  read(kind: Pick<Kind, "name" | "read">, id: string): Promise<unknown>;
}
