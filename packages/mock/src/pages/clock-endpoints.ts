import type { Clock } from "../clock/clock.ts";
import { refuse } from "../wire/refusal.ts";
import type { Endpoint } from "./endpoint.ts";

/** Reads, sets and moves the mock's clock. */
export function clockEndpoints(clock: Clock): readonly Endpoint[] {
  const told = () => ({ now: new Date(clock.now()).toISOString() });
  return [
    { method: "GET", path: "/clock", answer: told },
    {
      method: "POST",
      path: "/clock",
      async answer({ json }) {
        const { set, advance } = await json(["set", "advance"]);
        if ((set === undefined) === (advance === undefined)) {
          throw refuse(400, "clock", 'Send {"set": "2026-03-01T09:00:00Z"} or {"advance": "25h"}.');
        }
        if (typeof set === "string") clock.set(set);
        else if (typeof advance === "string" || typeof advance === "number") clock.advance(advance);
        else throw refuse(400, "clock", "The time has to be a string.");
        return told();
      },
    },
  ];
}
