export { findPhrases } from "./find-phrases.ts";
export { findRecordFaults } from "./find-record-faults.ts";
