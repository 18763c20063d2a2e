import { fileURLToPath } from "node:url";
import { findPhrases } from "./find-phrases.ts";
import { findRecordFaults } from "./find-record-faults.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const found = [
  ...findPhrases(root),
  ...findRecordFaults(`${root}docs/decisions`).map((fault) => `docs/decisions/${fault}`),
];
for (const line of found) console.error(line);
if (found.length > 0) process.exitCode = 1;
