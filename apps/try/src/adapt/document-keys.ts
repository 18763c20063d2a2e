/** Keys that hold data, in which nothing is a schema. */
const DATA = new Set(["example", "examples", "default", "enum", "const"]);

/** Keys whose own keys are names. */
const MAPS = new Set([
  ...[
    "properties",
    "patternProperties",
    "paths",
    "responses",
    "content",
    "callbacks",
    "mapping",
    "variables",
  ],
  ...["schemas", "parameters", "headers", "requestBodies", "securitySchemes", "links", "encoding", "scopes"],
]);

/** Whether the keys of what stands under a key are names. @param inMap whether the key is a name itself */
export function isMap(key: string, inMap: boolean): boolean {
  return !inMap && MAPS.has(key);
}

/** Whether what stands under a key is data. @param inMap whether the key is a name */
export function isData(key: string, inMap: boolean): boolean {
  return !inMap && DATA.has(key);
}
