import { catches } from "../break.ts";

const find = "security:\n  - basic: []\n";

catches("spec/error-codes", [
  {
    title: "a code that no enum lists",
    find,
    put: `x-error-codes: { at: [/code], busy: [no-such-code] }\n${find}`,
    line: "no-such-code",
    says: '"no-such-code" is in no enum',
  },
  {
    title: "a place that is not a pointer",
    find,
    put: `x-error-codes: { at: [code] }\n${find}`,
    line: "x-error-codes",
    says: '"code" is not a JSON Pointer',
  },
  {
    title: "a string instead of a list",
    find,
    put: `x-error-codes: { at: [/code], funds: draft }\n${find}`,
    line: "x-error-codes",
    says: "a list of strings is needed",
  },
]);
