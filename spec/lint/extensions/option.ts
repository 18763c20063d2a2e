import { childOf, isNode, meaningOf } from "../document/place.ts";
import type { Place, Rule, RuleContext } from "../document/redocly.ts";

/** `x-option` names an optional header in camelCase, and the same name is always the same header. */
export const option: Rule = () => {
  const headers = new Map<unknown, unknown>();
  return {
    Parameter(node, { location, report }) {
      if (!isNode(node) || node["x-option"] === undefined) return;
      const name = node["x-option"];
      const header = headers.get(name) ?? node["name"];
      headers.set(name, header);
      const problem = problemOf(node, name, header);
      if (problem !== undefined) {
        report({ message: `x-option: ${problem}`, location: location.child(["x-option"]) });
      }
    },
  };
};

function problemOf(
  node: Readonly<Record<string, unknown>>,
  name: unknown,
  header: unknown,
): string | undefined {
  if (typeof name !== "string" || !/^[a-z][A-Za-z0-9]*$/.test(name)) return "a name in camelCase is needed.";
  if (node["in"] !== "header") return "only a header can be an option of the client.";
  if (node["required"] === true) return "an option is never required.";
  return header === node["name"] ? undefined : `${name} is the name of ${String(header)} already.`;
}

/** The names of the options that these owners of parameters declare. */
export function optionsOf(owners: readonly Place[], context: RuleContext): string[] {
  return owners.flatMap((owner) => {
    const parameters = childOf(owner, "parameters");
    const indexes = Array.isArray(parameters.node) ? [...parameters.node.keys()] : [];
    return indexes.flatMap((index) => {
      const { node } = meaningOf(childOf(parameters, index), context);
      return isNode(node) && typeof node["x-option"] === "string" ? [node["x-option"]] : [];
    });
  });
}
