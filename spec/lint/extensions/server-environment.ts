import { isNode } from "../document/place.ts";
import type { Rule } from "../document/redocly.ts";

/** Every server has its own environment name. */
export const serverEnvironment: Rule = () => {
  const taken = new Set<string>();
  return {
    Server(node, { location, report }) {
      if (!isNode(node)) return;
      const name = node["x-environment"];
      const at = location.child(["x-environment"]);
      if (name === undefined) {
        report({ message: "The server has no x-environment: nobody can choose it.", location });
      } else if (typeof name !== "string" || !/^[a-z][a-z0-9-]*$/.test(name)) {
        report({ message: "x-environment: a name in lower case is needed.", location: at });
      } else if (taken.has(name)) {
        report({ message: `x-environment: ${name} is the name of another server.`, location: at });
      } else {
        taken.add(name);
      }
    },
  };
};
