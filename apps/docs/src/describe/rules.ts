import { isObject, type OpenApiDocument, schemaParts } from "@dots-payouts/openapi";
import { conditionSentences } from "./conditions.ts";

/**
 * What the schema at `pointer` asks of several fields together, in sentences: which fields of a choice have to be there,
 * and which ones under a condition.
 */
export function describeRules(document: OpenApiDocument, pointer: string): string[] {
  return [...choices(document, pointer), ...conditionSentences(document, pointer)];
}

function choices(document: OpenApiDocument, pointer: string): string[] {
  return schemaParts(document, pointer).flatMap(({ node }) => {
    const rules: string[] = [];
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
