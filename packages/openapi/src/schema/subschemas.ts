import { holding } from "../document/keywords.ts";
import { isObject, type Json, type JsonObject } from "../json/json.ts";

/** The direct subschemas of a schema, whatever value they describe. */
export function subschemas(schema: JsonObject): Json[] {
  return Object.entries(schema).flatMap(([keyword, value]) => {
    switch (holding(keyword)) {
      case undefined:
        return [];
      case "map":
        return isObject(value) ? Object.values(value) : [];
      default:
        return value;
    }
  });
}
