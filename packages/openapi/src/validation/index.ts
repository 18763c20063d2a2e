export { ajvOptions, createAjv } from "./ajv.ts";
export {
  type CompiledSchemas,
  compileSchema,
  compileSchemas,
  compiling,
  DOCUMENT,
  isSchema,
  uriOf,
  type Validator,
} from "./compile.ts";
export { multipleOf } from "./multiple-of.ts";
export { patternFormats } from "./pattern-formats.ts";
