export { findPhrases } from "./find-phrases.ts";
