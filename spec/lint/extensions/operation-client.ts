import { isNode } from "../document/place.ts";
import type { Rule } from "../document/redocly.ts";

const NAME = /^[a-z][A-Za-z0-9]*\.[a-z][A-Za-z0-9]*$/;

/** Every operation has its own client name, `resource.method`. */
export const operationClient: Rule = () => {
  const taken = new Set<string>();
  return {
    Paths: {
      PathItem: {
        Operation(node, { location, report }) {
          if (!isNode(node)) return;
          const name = node["x-client"];
          const at = location.child(["x-client"]);
          if (name === undefined) {
            report({
              message: "The operation has no x-client: the client has no name for it.",
              location: location.key(),
            });
          } else if (typeof name !== "string" || !NAME.test(name)) {
            report({
              message: "x-client: `resource.method` is needed, two names in camelCase.",
              location: at,
            });
          } else if (isReserved(name)) {
            report({
              message: `x-client: ${name} means something else in JavaScript or in the client.`,
              location: at,
            });
          } else if (taken.has(name)) {
            report({ message: `x-client: ${name} is the name of another operation.`, location: at });
          } else {
            taken.add(name);
          }
        },
      },
    },
  };
};

/**
 * Names with another meaning: the client has its own `http`, every object has `constructor` and similar, a method `new`
 * is a constructor in TypeScript, and anything with `then` is awaited.
 */
function isReserved(name: string): boolean {
  return name.split(".").some((part) => part in {} || ["http", "new", "then"].includes(part));
}
