import { createHash } from "node:crypto";
import { kindOf, namespaceIn, ownerOf } from "./owner.ts";
import type { Kept } from "./store.ts";

/**
 * Hashes a storage key, because it names the sender of a request by a client ID or a token. Already hashed keys stay as
 * they are.
 */
export function hidden(text: string): string {
  return text.startsWith(HIDDEN) ? text : HIDDEN + createHash("sha256").update(text).digest("base64url");
}

/** An owner with a hashed namespace; its kind is no secret. */
export function hiddenOwner(owner: string): string {
  return ownerOf(kindOf(owner), hidden(namespaceIn(owner)));
}

/** A resource as it is stored, under this owner. */
export function keptText({ id, resource, done, size }: Kept, owner: string): string {
  return JSON.stringify({ owner, id, resource, done, size });
}

/** No key or namespace starts with it: they are JSON arrays. */
const HIDDEN = "#";
