import { isObject, type OpenApiDocument, schemaParts } from "@dots-payouts/openapi";

/**
 * What the schema at `pointer` asks of several fields together, in sentences: the description of each condition, and
 * which fields of a choice have to be there.
 */
export function describeRules(document: OpenApiDocument, pointer: string): string[] {
  return schemaParts(document, pointer).flatMap(({ node }) => {
    const rules: string[] = [];
    if (isObject(node["if"]) && typeof node["description"] === "string")
      rules.push(node["description"].trim());
    for (const [keyword, words] of [
      ["anyOf", "At least one of"],
      ["oneOf", "Exactly one of"],
    ] as const) {
      const branches = node[keyword];
      if (!Array.isArray(branches)) continue;
      const choices = branches.map((branch) => (isObject(branch) ? branch["required"] : undefined));
      if (!choices.every((choice) => Array.isArray(choice))) continue;
      const names = choices.map((choice) => choice.map((name) => `\`${String(name)}\``).join(" with "));
      rules.push(`${words} ${names.join(", ")} is required.`);
    }
    return rules;
  });
}
