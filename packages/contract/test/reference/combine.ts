import type { Behavior, Outcome } from "./server.ts";

/** One server with several behaviors. Changes of the answer are applied in the order of the list. */
export function combine(behaviors: readonly Behavior[]): Behavior {
  return {
    validatesFirst: behaviors.some(({ validatesFirst }) => validatesFirst === true),
    broken: (errors, handling) =>
      behaviors.reduce((found, { broken }) => broken?.(found, handling) ?? found, errors),
    make: (resource, handling) =>
      behaviors.reduce((made, { make }) => make?.(made, handling) ?? made, resource),
    found: (found, handling, resources) =>
      behaviors.reduce((one, { found: change }) => change?.(one, handling, resources) ?? one, found),
    async reply(reply, handling) {
      let outcome: Outcome = reply;
      for (const behavior of behaviors) {
        if (typeof outcome === "string") return outcome;
        outcome = (await behavior.reply?.(outcome, handling)) ?? outcome;
      }
      return outcome;
    },
    missing: (reply, request) =>
      behaviors.reduce<Outcome>(
        (outcome, { missing }) =>
          typeof outcome === "string" ? outcome : (missing?.(outcome, request) ?? outcome),
        reply,
      ),
  };
}
