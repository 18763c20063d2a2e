import { isNode } from "../document/place.ts";
import type { Rule, RuleContext } from "../document/redocly.ts";

/** Any node that can have extensions. */
const ANY = "any";

/** Each extension, and the node types on which it is read. */
const EXTENSIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ["x-client", ["Operation"]],
  ["x-idempotency-key", ["Operation"]],
  ["x-resource", ["Operation"]],
  ["x-event", ["Operation"]],
  ["x-reference", ["Operation"]],
  ["x-amount", ["Operation"]],
  ["x-recipient", ["Operation"]],
  ["x-error-codes", ["Root"]],
  ["x-echo", ["Response"]],
  ["x-when", ["Response"]],
  ["x-option", ["Parameter"]],
  ["x-generate", ["Schema"]],
  ["x-states", ["Schema"]],
  ["x-mock", ["Schema"]],
  ["x-status", ["Example"]],
  ["x-delivers", ["Schema", "Operation"]],
  ["x-environment", ["Server"]],
  ["x-assumption", [ANY]],
]);

/** Every `x-` keyword is known, and is in a place where it is read. */
export const extensionKnown: Rule = () => ({
  any: check,
  ref: check,
});

function check(node: unknown, context: RuleContext): void {
  // Without a prefix, keys are names: of headers, properties, components.
  const { extensionsPrefix: prefix, name: type } = context.type;
  if (!isNode(node) || prefix === undefined) return;
  for (const key of Object.keys(node).filter((name) => name.startsWith(prefix))) {
    const owners = EXTENSIONS.get(key);
    if (owners !== undefined && isOn(owners, type)) continue;
    context.report({
      message:
        owners === undefined
          ? `Nothing reads the extension ${key}.`
          : `${key} belongs on ${owners.join(" or ")}, this is ${type}.`,
      location: context.location.child([key]).key(),
      suggest: [...EXTENSIONS].filter(([, others]) => isOn(others, type)).map(([name]) => name),
    });
  }
}

function isOn(owners: readonly string[], type: string): boolean {
  return owners.includes(type) || owners.includes(ANY);
}
