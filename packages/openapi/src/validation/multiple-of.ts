import { _, type CodeKeywordDefinition } from "ajv/dist/2020.js";
import { isMultiple } from "../json/decimal.ts";

/**
 * `multipleOf` as people count. Ajv divides binary fractions, so that it refuses 19.99 as a multiple of 0.01; its option
 * for that allows what only comes close.
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
    // The second is for code that is written down: the code that writes it puts the function there.
    const divides = gen.scopeValue("func", {
      ref: isMultiple,
      code: _`require("@dots-payouts/openapi").isMultiple`,
    });
    context.fail(_`!${divides}(${data}, ${schemaCode})`);
  },
};
