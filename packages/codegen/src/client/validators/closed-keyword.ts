import { _, and, type Code, type Name, not, or, stringify } from "ajv/dist/compile/codegen/index.js";
import type { CodeKeywordDefinition, KeywordCxt } from "ajv/dist/core.js";
import { propertyInData, usePattern } from "ajv/dist/vocabularies/code.js";
import type { Condition, When } from "../document/evaluated-names.ts";
import type { Closed } from "./close-schemas.ts";

/**
 * `unevaluatedProperties` as `closeSchemas` writes it: checks each name, with the same errors as Ajv's own keyword.
 * @param validatorOf the name of the function that checks the schema at a JSON Pointer
 */
export function closedKeyword(validatorOf: (pointer: string) => Name): CodeKeywordDefinition {
  return {
    keyword: "unevaluatedProperties",
    type: "object",
    schemaType: "object",
    error: {
      message: "must NOT have unevaluated properties",
      params: ({ params }) => _`{unevaluatedProperty: ${params["unevaluatedProperty"]}}`,
    },
    code(context: KeywordCxt) {
      const { gen, data } = context;
      const { names, patterns, sometimes }: Closed = context.schema;
      const known = gen.scopeValue("obj", { ref: names, code: _`new Set(${stringify(names)})` });
      const says = (condition: Condition): Code => {
        if ("has" in condition) {
          return propertyInData(gen, data, condition.has, context.it.opts.ownProperties);
        }
        const call = _`${validatorOf(condition.schema)}(${data})`;
        return condition.holds ? call : not(call);
      };
      const isSo = (when: When): Code => or(...when.map((conditions) => and(...conditions.map(says))));
      gen.forIn("key", data, (key) => {
        const isKnown = or(
          _`${known}.has(${key})`,
          ...patterns.map((pattern) => _`${usePattern(context, pattern)}.test(${key})`),
          ...sometimes.map(({ name, pattern, when }) => {
            if (name !== undefined) return and(_`${key} === ${name}`, isSo(when));
            return pattern === undefined
              ? isSo(when)
              : and(_`${usePattern(context, pattern)}.test(${key})`, isSo(when));
          }),
        );
        gen.if(not(isKnown), () => {
          context.setParams({ unevaluatedProperty: key });
          context.error();
        });
      });
    },
  };
}
