import { isObject, type OpenApiDocument, schemaParts } from "@dots-payouts/openapi";
import { conditionSentences } from "./conditions.ts";

/**
 * The rules about several fields in the schema at `pointer`, as sentences: which fields of a choice are required, and
 * which ones under a condition.
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
