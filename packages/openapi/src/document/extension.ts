import { isObject, type Json, type JsonObject } from "../json/json.ts";
import { formatPointer, isPointer } from "../json/pointer.ts";
import { DocumentError } from "./document.ts";

/** Marks that any extension may contain. */
const EVERYWHERE = ["x-assumption"];

/**
 * An object in an extension, read key by key. Anything unreadable is an error and never ignored: it may be what
 * protects money.
 */
export class Extension {
  readonly node: JsonObject;
  readonly place: string;

  /**
   * @param place JSON Pointer to the object
   * @param keys all its known keys
   * @throws DocumentError if it is not an object, or has an unknown key
   */
  constructor(node: Json | undefined, place: string, keys: readonly string[]) {
    if (!isObject(node)) throw new DocumentError(place, `an object with ${keys.join(", ")} is needed`);
    this.node = node;
    this.place = place;
    const unknown = Object.keys(node).find((key) => !keys.includes(key) && !EVERYWHERE.includes(key));
    if (unknown !== undefined) {
      throw new DocumentError(this.at(unknown), `unknown key; known keys are ${keys.join(", ")}`);
    }
  }

  /** JSON Pointer to the value of a key. */
  at(key: string): string {
    return this.place + formatPointer([key]);
  }

  has(key: string): boolean {
    return this.node[key] !== undefined;
  }

  text(key: string): string {
    const value = this.node[key];
    return typeof value === "string" && value !== "" ? value : this.refuse(key, "a name");
  }

  textIfAny(key: string): string | undefined {
    return this.has(key) ? this.text(key) : undefined;
  }

  pointer(key: string): string {
    const value = this.node[key];
    return typeof value === "string" && isPointer(value) ? value : this.refuse(key, "a JSON Pointer");
  }

  pointerIfAny(key: string): string | undefined {
    return this.has(key) ? this.pointer(key) : undefined;
  }

  oneOf<const Word extends string>(key: string, words: readonly Word[]): Word {
    const found = words.find((word) => word === this.node[key]);
    return found ?? this.refuse(key, `one of ${words.join(", ")}`);
  }

  flag(key: string, otherwise: boolean): boolean {
    const value = this.node[key] ?? otherwise;
    return typeof value === "boolean" ? value : this.refuse(key, "true or false");
  }

  /** A whole number, at least `least`. */
  count(key: string, least: number): number {
    const value = this.node[key];
    if (typeof value === "number" && Number.isInteger(value) && value >= least) return value;
    return this.refuse(key, `a whole number, at least ${least}`);
  }

  /** A list of strings; empty if absent. */
  texts(key: string): string[] {
    const value = this.node[key] ?? [];
    const isList = (list: Json): list is string[] =>
      Array.isArray(list) && list.every((item) => typeof item === "string");
    return isList(value) ? value : this.refuse(key, "a list of strings");
  }

  /** A list of JSON Pointers; empty if absent. */
  pointers(key: string): string[] {
    const pointers = this.texts(key);
    return pointers.every(isPointer) ? pointers : this.refuse(key, "a list of JSON Pointers");
  }

  /** The items of a list, each with its place; empty if absent. */
  items(key: string): { readonly node: Json; readonly place: string }[] {
    const value = this.node[key] ?? [];
    if (!Array.isArray(value)) return this.refuse(key, "a list");
    return value.map((node, index) => ({ node, place: `${this.at(key)}/${index}` }));
  }

  /** The values of a map by name, each with its place; empty if absent. */
  entries(key: string): { readonly name: string; readonly node: Json; readonly place: string }[] {
    const value = this.node[key] ?? {};
    if (!isObject(value)) return this.refuse(key, "an object");
    return Object.entries(value)
      .filter(([name]) => !EVERYWHERE.includes(name))
      .map(([name, node]) => ({ name, node, place: this.at(key) + formatPointer([name]) }));
  }

  /** The values of a map by JSON Pointer, each with its place; empty if absent. */
  placed(key: string): { readonly pointer: string; readonly node: Json; readonly place: string }[] {
    return this.entries(key).map(({ name, node, place }) => {
      if (!isPointer(name)) throw new DocumentError(place, `${name} is not a JSON Pointer`);
      return { pointer: name, node, place };
    });
  }

  /** Values by JSON Pointer; empty if absent. */
  values(key: string): PlacedValue[] {
    return this.placed(key).map(({ pointer, node }) => ({ pointer, value: node }));
  }

  refuse(key: string, needed: string): never {
    throw new DocumentError(this.at(key), `${JSON.stringify(this.node[key] ?? null)} is not ${needed}`);
  }
}

/** A value, and the JSON Pointer to its place. */
export interface PlacedValue {
  readonly pointer: string;
  readonly value: Json;
}
