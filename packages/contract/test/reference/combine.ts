import type { Behaviour, Outcome } from "./server.ts";

/** One server with several behaviors. Changes of the answer are applied in the order of the list. */
export function combine(behaviours: readonly Behaviour[]): Behaviour {
  return {
    validatesFirst: behaviours.some(({ validatesFirst }) => validatesFirst === true),
    broken: (errors, handling) =>
      behaviours.reduce((found, { broken }) => broken?.(found, handling) ?? found, errors),
    make: (resource, handling) =>
      behaviours.reduce((made, { make }) => make?.(made, handling) ?? made, resource),
    found: (found, handling, resources) =>
      behaviours.reduce((one, { found: change }) => change?.(one, handling, resources) ?? one, found),
    async reply(reply, handling) {
      let outcome: Outcome = reply;
      for (const behaviour of behaviours) {
        if (typeof outcome === "string") return outcome;
        outcome = (await behaviour.reply?.(outcome, handling)) ?? outcome;
      }
      return outcome;
    },
    missing: (reply, request) =>
      behaviours.reduce<Outcome>(
        (outcome, { missing }) =>
          typeof outcome === "string" ? outcome : (missing?.(outcome, request) ?? outcome),
        reply,
      ),
  };
}
