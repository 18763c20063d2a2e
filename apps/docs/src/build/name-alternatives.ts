import { isObject, type Json, type JsonObject } from "@dots-payouts/openapi";

/**
 * Gives a name to the alternatives of a schema that have none, so that a reader is not offered "object" and
 * "object (2)": a branch is named for the fields that it requires.
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
