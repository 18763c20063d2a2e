import { createHash } from "node:crypto";

/** This many characters of any kind fit into an index of every database. */
const LONGEST = 500;

/** A text that every store can keep: U+0000 and unpaired surrogates are replaced, as decoders do. */
export function storable(text: string): string {
  return text.replaceAll("\0", "\ufffd").replace(/\p{Surrogate}/gu, "\ufffd");
}

/**
 * The same for a name that is looked up. If it is too long, it is cut in a way that keeps it different from other
 * names with the same beginning.
 */
export function storableName(text: string): string {
  const name = storable(text);
  if (!isLong(name)) return name;
  return `${name.slice(0, LONGEST - 100)}… ${createHash("sha256").update(text).digest("hex")}`;
}

/** Why a text cannot be the caller's own ID; `undefined` if it can. */
export function whyNoName(text: string): string | undefined {
  if (storable(text) !== text) return "contains characters that not every store can keep";
  return isLong(text) ? `is longer than ${LONGEST} characters` : undefined;
}

function isLong(name: string): boolean {
  return name.length > LONGEST;
}
