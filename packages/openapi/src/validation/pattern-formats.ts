import { fastFormats } from "ajv-formats/dist/formats.js";

/** The formats that are patterns, for validators that run without Ajv: the others are functions in its package. */
export function patternFormats(): Record<string, RegExp> {
  return Object.fromEntries(
    Object.entries(fastFormats).flatMap(([name, format]): [string, RegExp][] => {
      const pattern = typeof format === "object" && "validate" in format ? format.validate : format;
      return pattern instanceof RegExp ? [[name, pattern]] : [];
    }),
  );
}
