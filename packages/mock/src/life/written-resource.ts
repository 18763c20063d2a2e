import type { Json } from "@dots-payouts/openapi";
import type { Kept } from "../store/store.ts";

/**
 * A resource as the text of the answer that created it, which is stored anyway. The text is parsed on demand: thousands
 * of parsed objects would take many times the memory.
 */
export class WrittenResource implements Kept {
  readonly owner: string;
  readonly id: string;
  readonly done: Kept["done"] = NEVER;
  readonly size: number;
  readonly isNew: boolean;
  readonly #text: string;
  #read: Json | undefined;

  constructor(owner: string, id: string, text: string, isNew: boolean) {
    this.owner = owner;
    this.id = id;
    this.size = text.length;
    this.isNew = isNew;
    this.#text = text;
  }

  get resource(): Json {
    this.#read ??= asJson(this.#text);
    return this.#read;
  }
}

const NEVER: Kept["done"] = {};

function asJson(text: string): Json {
  return JSON.parse(text);
}
