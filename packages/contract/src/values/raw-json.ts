import type { Json } from "@dots-payouts/openapi";
import { replaceAt } from "./fields.ts";

/** Stands for a text that JSON.stringify would not write. */
const HOLE = "contract-suite-hole";

/** A body as JSON, with a text at a place that is written as it is: `1.0`, `1e400`. */
export function withRaw(body: Json, pointer: string, raw: string): string {
  return JSON.stringify(replaceAt(body, pointer, HOLE)).replace(`"${HOLE}"`, () => raw);
}
