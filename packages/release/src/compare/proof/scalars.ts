import { isMultiple, type Json } from "@dots-payouts/openapi";
import type { Facts } from "./facts.ts";

/** Whether a string or number keyword holds for all values that match the schemas; `undefined` for other keywords. */
export function holdsForScalars(key: string, value: Json, facts: Facts): boolean | undefined {
  const { number, length, multiples } = facts;
  switch (key) {
    case "minLength":
      return length.least >= Number(value);
    case "maxLength":
      return length.most <= Number(value);
    case "pattern":
      return facts.patterns.has(String(value));
    case "format":
      return facts.formats.has(String(value));
    case "minimum":
      return number.least >= Number(value);
    case "exclusiveMinimum":
      return number.least > Number(value) || (number.least === value && number.aboveLeast);
    case "maximum":
      return number.most <= Number(value);
    case "exclusiveMaximum":
      return number.most < Number(value) || (number.most === value && number.belowMost);
    case "multipleOf": {
      const own = facts.kinds.has("fraction") ? multiples : [...multiples, 1];
      return own.some((multiple) => isMultiple(multiple, Number(value)));
    }
    default:
      return undefined;
  }
}
