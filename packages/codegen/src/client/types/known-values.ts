import {
  BRANCHES,
  formatPointer,
  getAt,
  isObject,
  type Json,
  type OpenApiDocument,
} from "@dots-payouts/openapi";
import { docComment } from "../../text/doc-comment.ts";
import { pascalCase } from "../../text/names.ts";
import { typeNames } from "./type-names.ts";

/** For each enumeration of strings: a closed type, the array of its values, and a guard. */
export function knownValues(document: OpenApiDocument): string {
  const schemas = getAt(document, "/components/schemas");
  const names = typeNames(document);
  const taken = new Set(names.values());
  const all = Object.entries(isObject(schemas) ? schemas : {}).flatMap(([name, schema]) =>
    merge(enumerations(schema, names.get(formatPointer(["components", "schemas", name])) ?? "")).map(
      (enumeration) => {
        let own = enumeration.name;
        while (taken.has(`${own}Value`)) own += "_";
        taken.add(`${own}Value`);
        return { ...enumeration, name: own };
      },
    ),
  );
  if (all.length === 0) return "export {};\n";
  return `import { isOneOf } from "../runtime/is-one-of.ts";\n\n${all.map(declare).join("\n")}`;
}

interface Enumeration {
  readonly name: string;
  readonly description: string | undefined;
  readonly values: readonly string[];
}

/** The enumerations of each place, merged: whatever an alternative allows there is allowed. */
function merge(found: readonly Enumeration[]): Enumeration[] {
  const merged = new Map<string, Enumeration>();
  for (const { name, description, values } of found) {
    const other = merged.get(name);
    merged.set(name, {
      name,
      description: other?.description ?? description,
      values: [...new Set([...(other?.values ?? []), ...values])],
    });
  }
  return [...merged.values()];
}

function enumerations(schema: Json, name: string): Enumeration[] {
  if (!isObject(schema)) return [];
  const values = Array.isArray(schema["enum"])
    ? schema["enum"].filter((value) => typeof value === "string")
    : [];
  const description = typeof schema["description"] === "string" ? schema["description"] : undefined;
  const own = values.length > 0 ? [{ name, description, values }] : [];
  const branches = BRANCHES.flatMap((keyword) => {
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
  const list = `${name.charAt(0).toLowerCase()}${name.slice(1)}Values`;
  const literals = values.map((value) => JSON.stringify(value));
  return `${docComment([description])}export type ${type} = ${literals.join(" | ")};

/** The values of ${type} known to this version. */
export const ${list}: readonly ${type}[] = [${literals.join(", ")}];

/** Whether a value is one of \`${list}\`. */
export function is${type}(value: unknown): value is ${type} {
  return isOneOf(${list}, value);
}
`;
}
