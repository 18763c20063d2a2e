import { isObject, type Json } from "../json/json.ts";
import { eachNode } from "./nodes.ts";

/**
 * Whether a schema somewhere in a document has a property with a name that every JavaScript object has already, such as
 * `constructor`: a compiler of schemas has to look at an object's own properties then.
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
