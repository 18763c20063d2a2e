import { isNode } from "./place.ts";
import type { Rule, RuleContext } from "./redocly.ts";

/** Anything that has extensions. */
const ANY = "any";

/** Each extension and the type of node that it is read on. */
const EXTENSIONS = new Map([
  ["x-client", "Operation"],
  ["x-idempotency-key", "Operation"],
  ["x-resource", "Operation"],
  ["x-reference", "Operation"],
  ["x-amount", "Operation"],
  ["x-recipient", "Operation"],
  ["x-error-codes", "Root"],
  ["x-echo", "Response"],
  ["x-when", "Response"],
  ["x-option", "Parameter"],
  ["x-generate", "Schema"],
  ["x-delivers", "Schema"],
  ["x-environment", "Server"],
  ["x-assumption", ANY],
]);

/** Every `x-` keyword is one that something reads, in a place where it is read. */
export const extensionKnown: Rule = () => ({
  any: check,
  ref: check,
});

function check(node: unknown, context: RuleContext): void {
  // Where no prefix is set, keys are names: of headers, properties, components.
  const { extensionsPrefix: prefix, name: type } = context.type;
  if (!isNode(node) || prefix === undefined) return;
  for (const key of Object.keys(node).filter((name) => name.startsWith(prefix))) {
    const owner = EXTENSIONS.get(key);
    if (owner === type || owner === ANY) continue;
    context.report({
      message:
        owner === undefined
          ? `Nobody reads the extension ${key}.`
          : `${key} belongs on ${owner}, this is ${type}.`,
      location: context.location.child([key]).key(),
      suggest: [...EXTENSIONS].filter(([, place]) => place === type || place === ANY).map(([name]) => name),
    });
  }
}
