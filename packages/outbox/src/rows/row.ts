import type { JsonObject } from "@dots-payouts/openapi";

/** A row of the input, or what is wrong with it. */
export interface InputRow {
  /** Its line number, from 1. */
  readonly line: number;
  /** The caller's own ID; empty if there is none. */
  readonly id: string;
  readonly body: JsonObject;
  readonly problems: readonly Problem[];
}

export interface Problem {
  /** The column or field. */
  readonly column: string;
  readonly message: string;
}

/** The name of the column with the caller's own ID. */
export const ID = "id";
