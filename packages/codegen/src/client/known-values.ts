import { getAt, isObject, type Json, type OpenApiDocument } from "@dots-payouts/openapi";
import { docComment } from "../doc-comment.ts";
import { camelCase, pascalCase } from "../names.ts";

/** For each enumeration of strings: a closed type, the array of its values, and a guard. */
export function knownValues(document: OpenApiDocument): string {
  const schemas = getAt(document, "/components/schemas");
  const found = new Map<string, Enumeration>();
  for (const [name, schema] of Object.entries(isObject(schemas) ? schemas : {})) {
    for (const enumeration of enumerations(schema, pascalCase(name)))
      found.set(enumeration.name, enumeration);
  }
  return `import { isOneOf } from "../is-one-of.ts";\n\n${[...found.values()].map(declare).join("\n")}`;
}

interface Enumeration {
  readonly name: string;
  readonly description: string | undefined;
  readonly values: readonly string[];
}

function enumerations(schema: Json, name: string): Enumeration[] {
  if (!isObject(schema)) return [];
  const values = Array.isArray(schema["enum"])
    ? schema["enum"].filter((value) => typeof value === "string")
    : [];
  const description = typeof schema["description"] === "string" ? schema["description"] : undefined;
  const own = values.length > 0 ? [{ name, description, values }] : [];
  const branches = ["allOf", "anyOf", "oneOf"].flatMap((keyword) => {
    const parts = schema[keyword];
    return Array.isArray(parts) ? parts.flatMap((part) => enumerations(part, name)) : [];
  });
  const properties = Object.entries(isObject(schema["properties"]) ? schema["properties"] : {}).flatMap(
    ([property, value]) => enumerations(value, name + pascalCase(property)),
  );
  const items = schema["items"] === undefined ? [] : enumerations(schema["items"], name);
  return [...own, ...branches, ...properties, ...items];
}

function declare({ name, description, values }: Enumeration): string {
  const type = `${name}Value`;
  const list = `${camelCase(name)}Values`;
  const literals = values.map((value) => JSON.stringify(value));
  return `${docComment([description])}export type ${type} = ${literals.join(" | ")};

/** The values of ${type} that were known when this version was made. */
export const ${list}: readonly ${type}[] = [${literals.join(", ")}];

/** Whether a value is one of \`${list}\`. */
export function is${type}(value: unknown): value is ${type} {
  return isOneOf(${list}, value);
}
`;
}
