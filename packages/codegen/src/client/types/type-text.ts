import { isObject, type Json } from "@dots-payouts/openapi";

/** A type as TypeScript source. */
export interface TypeText {
  readonly text: string;
  /** Its outermost operator, which decides where it needs parentheses. */
  readonly joint: "none" | "&" | "|";
}

export const UNKNOWN: TypeText = atom("unknown");
export const NEVER: TypeText = atom("never");
export const UNDEFINED: TypeText = atom("undefined");
/** Any value except `undefined`, which JSON does not have. */
export const PRESENT: TypeText = { text: "{} | null", joint: "|" };

/** A type that never needs parentheses. */
export function atom(text: string): TypeText {
  return { text, joint: "none" };
}

/** A union of these types. */
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

/** An intersection of these types. */
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

/** The type of a single value. */
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
  /** Lines before it, or an empty string. */
  readonly comment: string;
  /** With `?` if it is optional. */
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
