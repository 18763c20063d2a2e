import { createRequire } from "node:module";

export const BUNDLE = createRequire(import.meta.url).resolve("@dots-payouts/spec/openapi.json");
