import { isObject, type Json, type JsonObject } from "@dots-payouts/openapi";

/**
 * Names the unnamed alternatives of a schema after the fields that they require, so that readers don't have to choose
 * between "object" and "object (2)".
 */
export function nameAlternatives(node: JsonObject): JsonObject {
  if (!("anyOf" in node || "oneOf" in node)) return node;
  const named: JsonObject = { ...node };
  for (const keyword of ["anyOf", "oneOf"]) {
    const branches = node[keyword];
    if (Array.isArray(branches)) named[keyword] = branches.map(nameBranch);
  }
  return named;
}

function nameBranch(branch: Json): Json {
  if (!isObject(branch) || branch["title"] !== undefined || !Array.isArray(branch["required"])) return branch;
  return { ...branch, title: branch["required"].join(", ") };
}
