import { ADVICE } from "../advice.ts";
import type { Pair } from "./comparison.ts";
import type { Shape } from "./shape.ts";

/** Compares the lists of values. */
export function compareValues(pair: Pair, old: Shape, now: Shape): void {
  if (old.values === undefined || now.values === undefined) {
    if (now.values !== undefined) pair.values("narrower", "is limited to listed values.");
    if (old.values !== undefined) pair.values("wider", "is no longer limited to listed values.");
    return;
  }
  const sent = pair.direction === "request";
  for (const value of pair.place.gained ? [...now.values].filter((one) => !old.values?.has(one)) : []) {
    // The description says that lists in responses may grow, so readers are prepared.
    const text = `${sent ? "also accepts" : "may also be"} \`${value}\`.`;
    pair.tell("addition", text, "wider", sent ? ADVICE.newRequestValue : ADVICE.newResponseValue);
  }
  for (const value of pair.place.lost ? [...old.values].filter((one) => !now.values?.has(one)) : []) {
    // Code that names the value no longer compiles, even if it only reads.
    const text = `${sent ? "no longer accepts" : "is no longer"} \`${value}\`.`;
    pair.tell("breaking", text, "narrower", sent ? ADVICE.goneRequestValue : ADVICE.goneResponseValue);
  }
}
