import type { Reading } from "../ledger/age.ts";
import type { Move } from "./changes.ts";

/** An object that the API created, as it was seen. */
export interface SeenObject {
  readonly kind: string;
  readonly id: string;
  /** What happened to it, in the API's terms. */
  readonly fate: string | undefined;
  /** When it was created, on the API's clock, if known. */
  readonly created?: number | undefined;
  /** Whether it carries the reference of the row that it was made for. */
  readonly isOurs?: boolean;
}

/** Something in the API's list that has our reference. */
export interface FoundObject extends SeenObject {
  /**
   * The calls that create objects of its kind. One that belongs to another call's intent was created from that call's
   * object.
   */
  readonly calls: readonly string[];
  readonly reference: string;
  readonly digest: string | undefined;
}

/** A pass over a list. */
export interface Look {
  /** The kinds that it has shown completely. */
  readonly calls: readonly string[];
  /** It can only have shown rows that were first sent since then. */
  readonly since: number;
  /** When it began. */
  readonly began: Reading;
  /** Whose list it was: it says nothing about what another client has sent. */
  readonly client: string;
  /** Whether it has shown the reference of a row whose object was already known. */
  readonly shows: boolean;
}

/** The findings of a pass over the list. */
export interface Fold {
  readonly resolved: readonly Move[];
  /** Objects with this ledger's references that it has not sent. */
  readonly unknown: readonly FoundObject[];
  readonly fates: number;
  /** How many of the ledger's own objects the list has shown, each with a reference. */
  readonly own: number;
}
