import { isObject, type Json } from "../json/json.ts";

/**
 * Whether a schema somewhere in a document has a property with a name that every JavaScript object has already, such as
 * `constructor`: whoever compiles schemas has to look at an object's own properties then.
 */
export function namesInherited(node: Json): boolean {
  if (Array.isArray(node)) return node.some(namesInherited);
  if (!isObject(node)) return false;
  const { properties, required } = node;
  const names = [
    ...(isObject(properties) ? Object.keys(properties) : []),
    ...(Array.isArray(required) ? required : []),
  ];
  return (
    names.some((name) => typeof name === "string" && name in Object.prototype) ||
    Object.values(node).some(namesInherited)
  );
}
