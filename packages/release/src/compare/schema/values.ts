import { ADVICE } from "../change/advice.ts";
import type { About, Pair } from "./comparison.ts";
import type { Shape } from "./shape.ts";

const LIST: About = { keys: ["enum"] };

/** Compares the lists of values. */
export function compareValues(pair: Pair, old: Shape, now: Shape): void {
  if (old.values === undefined || now.values === undefined) {
    if (now.values !== undefined) pair.values("narrower", "is limited to listed values.", LIST);
    if (old.values !== undefined) pair.values("wider", "is no longer limited to listed values.", LIST);
    return;
  }
  const sent = pair.direction === "request";
  for (const value of pair.place.gained ? [...now.values].filter((one) => !old.values?.has(one)) : []) {
    // The description says that lists in responses may grow, so their readers are ready for it.
    const text = `${sent ? "also accepts" : "may also be"} \`${value}\`.`;
    pair.tell(
      "addition",
      text,
      "wider",
      sent ? ADVICE.newRequestValue : ADVICE.newResponseValue,
      listed(value),
    );
  }
  for (const value of pair.place.lost ? [...old.values].filter((one) => !now.values?.has(one)) : []) {
    // Code that names the value no longer compiles, also where it only reads.
    const text = `${sent ? "no longer accepts" : "is no longer"} \`${value}\`.`;
    pair.tell(
      "breaking",
      text,
      "narrower",
      sent ? ADVICE.goneRequestValue : ADVICE.goneResponseValue,
      listed(value),
    );
  }
}

/** A value, with a mark if it alone is assumed. */
function listed(json: string): About {
  const value: unknown = JSON.parse(json);
  return typeof value === "string" ? { ...LIST, name: value } : LIST;
}
