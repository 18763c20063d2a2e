import { childrenOf } from "../document/place.ts";
import type { Rule } from "../document/redocly.ts";

/** The parts of a path are in kebab-case. Webhooks are not paths: their names are those of the events. */
export const pathKebabCase: Rule = () => ({
  Paths(node, { location, report }) {
    for (const [path, place] of childrenOf({ node, location })) {
      const wrong = path
        .split("/")
        .find((part) => !part.includes("{") && !/^[a-z0-9.]*(-[a-z0-9.]+)*$/.test(part));
      if (wrong === undefined) continue;
      report({ message: `${JSON.stringify(wrong)} is not in kebab-case.`, location: place.location.key() });
    }
  },
});
