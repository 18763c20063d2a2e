import { isObject, type Json } from "@dots-payouts/openapi";

/** A type as it is written in TypeScript. */
export interface TypeText {
  readonly text: string;
  /** What holds its parts together at the outside: that decides where it needs brackets. */
  readonly joint: "none" | "&" | "|";
}

export const UNKNOWN: TypeText = atom("unknown");
export const NEVER: TypeText = atom("never");
/** Any value but `undefined`, which JSON does not have. */
export const PRESENT: TypeText = { text: "{} | null", joint: "|" };

/** A type that never needs brackets. */
export function atom(text: string): TypeText {
  return { text, joint: "none" };
}

/** What is of one of these types. */
export function union(types: readonly TypeText[]): TypeText {
  const told = distinct(types).filter(({ text }) => text !== NEVER.text);
  if (told.some(({ text }) => text === UNKNOWN.text)) return UNKNOWN;
  const [first, ...others] = told;
  if (first === undefined) return NEVER;
  if (others.length === 0) return first;
  return {
    text: told.map(({ text, joint }) => (joint === "&" ? `(${text})` : text)).join(" | "),
    joint: "|",
  };
}

/** What is of all of these types. */
export function intersection(types: readonly TypeText[]): TypeText {
  const told = distinct(types).filter(({ text }) => text !== UNKNOWN.text);
  if (told.some(({ text }) => text === NEVER.text)) return NEVER;
  const [first, ...others] = told;
  if (first === undefined) return UNKNOWN;
  if (others.length === 0) return first;
  return {
    text: told.map(({ text, joint }) => (joint === "|" ? `(${text})` : text)).join(" & "),
    joint: "&",
  };
}

export function arrayOf({ text, joint }: TypeText): TypeText {
  return atom(joint === "none" ? `${text}[]` : `(${text})[]`);
}

/** The type that has one value. */
export function literalType(value: Json): TypeText {
  if (Array.isArray(value)) return atom(`[${value.map((item) => literalType(item).text).join(", ")}]`);
  if (!isObject(value)) return atom(JSON.stringify(value));
  const members = Object.entries(value).map(([key, item]) => ({
    comment: "",
    key: propertyKey(key),
    type: literalType(item),
  }));
  return objectOf(members);
}

export interface Member {
  /** Lines before it; empty for none. */
  readonly comment: string;
  /** With `?` where it may be left out. */
  readonly key: string;
  readonly type: TypeText;
}

export function objectOf(members: readonly Member[]): TypeText {
  if (members.length === 0) return atom("{}");
  const lines = members.map(({ comment, key, type }) => `${comment}${key}: ${type.text};\n`).join("");
  return atom(`{\n${lines.replaceAll(/^(?=.)/gm, "  ")}}`);
}

export function propertyKey(name: string): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) ? name : JSON.stringify(name);
}

function distinct(types: readonly TypeText[]): TypeText[] {
  return [...new Map(types.map((type) => [type.text, type])).values()];
}
