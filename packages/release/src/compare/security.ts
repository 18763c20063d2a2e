import type { SecurityRequirement } from "@dots-payouts/openapi";
import { WORDS } from "./canonical.ts";
import type { Note } from "./change.ts";

/** Compares the credentials that an operation takes; the names of the schemes don't matter. */
export function compareSecurity(
  old: readonly SecurityRequirement[],
  now: readonly SecurityRequirement[],
  note: Note,
): void {
  const before = alternatives(old);
  const after = alternatives(now);
  for (const [says, name] of before) {
    if (!after.has(says)) note("breaking", `The operation no longer takes ${name}.`);
  }
  for (const [says, name] of after) {
    if (!before.has(says)) note("addition", `The operation takes ${name}.`);
  }
}

function alternatives(requirements: readonly SecurityRequirement[]): Map<string, string> {
  if (requirements.length === 0) return new Map([["", "calls without credentials"]]);
  return new Map(
    requirements.map((schemes) => {
      const says = schemes.map(({ node }) =>
        JSON.stringify(
          Object.entries(node)
            .filter(([key]) => !WORDS.has(key))
            .sort(),
        ),
      );
      const names = schemes.map(({ name, scheme, type }) => `${name} (${scheme ?? type})`);
      return [says.sort().join(" "), names.length === 0 ? "calls without credentials" : names.join(" with ")];
    }),
  );
}
