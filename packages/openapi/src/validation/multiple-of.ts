import { _, type CodeKeywordDefinition } from "ajv/dist/2020.js";
import { isMultiple } from "../json/decimal.ts";

/**
 * `multipleOf` in decimal arithmetic. Ajv divides binary fractions, so it rejects 19.99 as a multiple of 0.01; its
 * option for that also accepts values that only come close.
 */
export const multipleOf: CodeKeywordDefinition = {
  keyword: "multipleOf",
  type: "number",
  schemaType: "number",
  error: {
    message: "must be a multiple",
    params: ({ schemaCode }) => _`{multipleOf: ${schemaCode}}`,
  },
  code(context) {
    const { gen, data, schemaCode } = context;
    // The second is for standalone code: its generator adds the function.
    const divides = gen.scopeValue("func", {
      ref: isMultiple,
      code: _`require("@dots-payouts/openapi").isMultiple`,
    });
    context.fail(_`!${divides}(${data}, ${schemaCode})`);
  },
};
