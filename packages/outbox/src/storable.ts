import { createHash } from "node:crypto";

/** So many characters fit into an index of every database, whatever they are. */
const LONGEST = 500;

/** A text as every store can keep it: U+0000 and halves of characters are replaced, as decoders do. */
export function storable(text: string): string {
  return text.replaceAll("\0", "\ufffd").replace(/\p{Surrogate}/gu, "\ufffd");
}

/** The same for a name that is looked up. One that is too long is cut, and stays apart from others that begin alike. */
export function storableName(text: string): string {
  const name = storable(text);
  if (!isLong(name)) return name;
  return `${name.slice(0, LONGEST - 100)}… ${createHash("sha256").update(text).digest("hex")}`;
}

/** Why a text cannot be the caller's own ID; `undefined` where it can. */
export function whyNoName(text: string): string | undefined {
  if (storable(text) !== text) return "holds characters that not every store can keep";
  return isLong(text) ? `is longer than ${LONGEST} characters` : undefined;
}

function isLong(name: string): boolean {
  return name.length > LONGEST;
}
