import { fileURLToPath } from "node:url";
import { findPhrases } from "./find-phrases.ts";

const found = findPhrases(fileURLToPath(new URL("../../..", import.meta.url)));
for (const line of found) console.error(line);
if (found.length > 0) process.exitCode = 1;
