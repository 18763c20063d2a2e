import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { asDocument, onFirstUse } from "@dots-payouts/openapi";
import { readApi } from "./calls.ts";

/** The spec that this version was built from. */
export const bundledApi = onFirstUse(() => {
  const file = createRequire(import.meta.url).resolve("@dots-payouts/spec/openapi.json");
  return readApi(asDocument(JSON.parse(readFileSync(file, "utf8"))));
});
