import { createHash } from "node:crypto";
import { kindOf, namespaceIn, ownerOf } from "./owner.ts";
import type { Kept } from "./store.ts";

/**
 * A text under which something is kept, without what it says: it names who sent a request, by a client ID or a token.
 * What is hidden already stays as it is.
 */
export function hidden(text: string): string {
  return text.startsWith(HIDDEN) ? text : HIDDEN + createHash("sha256").update(text).digest("base64url");
}

/** An owner whose namespace is hidden; its kind is no secret. */
export function hiddenOwner(owner: string): string {
  return ownerOf(kindOf(owner), hidden(namespaceIn(owner)));
}

/** A resource as it is written, under this owner. */
export function keptText({ id, resource, done, size }: Kept, owner: string): string {
  return JSON.stringify({ owner, id, resource, done, size });
}

/** No key and no namespace begins with it: they are JSON arrays. */
const HIDDEN = "#";
