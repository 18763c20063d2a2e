export { checkNames } from "./check-names.ts";
