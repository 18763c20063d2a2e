import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { asDocument, type OpenApiDocument } from "@dots-payouts/openapi";

const file = fileURLToPath(import.meta.resolve("@dots-payouts/spec/openapi.json"));

/** The spec that the site is built from. */
export const bundle: OpenApiDocument = asDocument(JSON.parse(readFileSync(file, "utf8")));
