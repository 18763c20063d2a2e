import { isObject, type Json } from "../json/json.ts";
import { eachNode } from "./nodes.ts";

/**
 * Whether a schema in a document has a property whose name every JavaScript object inherits, such as `constructor`: a
 * schema compiler then has to check own properties.
 */
export function namesInherited(document: Json): boolean {
  let found = false;
  eachNode(document, ({ properties, required }) => {
    const declared = isObject(properties) ? Object.keys(properties) : [];
    const names = [...declared, ...(Array.isArray(required) ? required : [])];
    found ||= names.some((name) => typeof name === "string" && name in Object.prototype);
  });
  return found;
}
