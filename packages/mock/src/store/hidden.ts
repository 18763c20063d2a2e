import { createHash } from "node:crypto";

/**
 * A text under which something is kept, without what it says: it names who sent a request, by a client ID or a token.
 * What is hidden already stays as it is.
 */
export function hidden(text: string): string {
  return text.startsWith(HIDDEN) ? text : HIDDEN + createHash("sha256").update(text).digest("base64url");
}

/** No key and no owner begins with it: they are JSON arrays. */
const HIDDEN = "#";
