import type { Json } from "@dots-payouts/openapi";
import { replaceAt } from "./fields.ts";

/** Placeholder for text that JSON.stringify would not write. */
const HOLE = "contract-suite-hole";

/** A body as JSON, with verbatim text at a place: `1.0`, `1e400`. */
export function withRaw(body: Json, pointer: string, raw: string): string {
  return JSON.stringify(replaceAt(body, pointer, HOLE)).replace(`"${HOLE}"`, () => raw);
}
