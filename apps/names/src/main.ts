import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { asDocument } from "@dots-payouts/openapi";
import { checkNames } from "./check-names.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const bundle = fileURLToPath(import.meta.resolve("@dots-payouts/spec/openapi.json"));

const found = checkNames(root, asDocument(JSON.parse(readFileSync(bundle, "utf8"))));
for (const line of found) console.error(line);
if (found.length > 0) {
  process.exitCode = 1;
}
