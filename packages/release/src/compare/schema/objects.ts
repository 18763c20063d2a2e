import { ADVICE } from "../change/advice.ts";
import { impactOf } from "../change/change.ts";
import { allowsAll, propertyOf } from "../proof/names.ts";
import type { Parts } from "../proof/part.ts";
import type { About, Pair } from "./comparison.ts";
import type { Shape } from "./shape.ts";

const OTHERS: About = { keys: ["additionalProperties"] };

/** Compares the properties of objects. */
export function compareObjects(pair: Pair, old: Shape, now: Shape): void {
  const declared = new Set([...old.properties.keys(), ...now.properties.keys()]);
  for (const name of new Set([...declared, ...old.required, ...now.required])) {
    compareProperty(pair, name, old, now);
  }
  compareOthers(pair, old.additional, now.additional);
}

function compareProperty(pair: Pair, name: string, old: Shape, now: Shape): void {
  const sent = pair.direction === "request";
  const from = old.properties.get(name);
  const to = now.properties.get(name);
  const wasRequired = old.required.has(name);
  const isRequired = now.required.has(name);
  const declared = { keys: ["properties", name] };
  const required = { keys: ["required"], name };
  const path = [pair.place.path, name].filter((step) => step !== "").join(".");

  if (from !== undefined && to === undefined) {
    // Types no longer have the property, whether the object is open or not.
    const advice = sent ? ADVICE.goneRequestProperty : ADVICE.goneResponseProperty;
    pair.tell("breaking", "is gone.", "other", advice, declared, name);
    return;
  }
  const comes = from === undefined && to !== undefined;
  if (comes) {
    const before = propertyOf(old.facets, name);
    if (before.some((part) => part.node !== false && !allowsAll(part))) pair.deeper(before, to, { path });
    const needed = isRequired && !wasRequired;
    const text = `is new, and ${isRequired ? "required" : "optional"}.`;
    if (sent && needed) pair.tell("breaking", text, "other", ADVICE.neededProperty, declared, name);
    else if (sent) pair.tell("addition", text, "wider", ADVICE.newRequestProperty, declared, name);
    else {
      const advice = needed ? ADVICE.sureProperty : ADVICE.newResponseProperty;
      pair.tell("addition", text, needed ? "other" : "wider", advice, declared, name);
    }
    return;
  }
  if (isRequired ? !wasRequired && pair.place.lost : wasRequired && pair.place.gained) {
    const effect = isRequired ? "narrower" : "wider";
    const [needed, spare] = sent
      ? [ADVICE.neededProperty, ADVICE.spareProperty]
      : [ADVICE.sureProperty, ADVICE.unsureProperty];
    const text = `is now ${isRequired ? "required" : "optional"}.`;
    pair.tell(impactOf(pair.direction, effect), text, effect, isRequired ? needed : spare, required, name);
  }
  if (from !== undefined && to !== undefined) pair.deeper(from, to, { path });
}

function compareOthers(pair: Pair, old: Parts, now: Parts): void {
  const wasOpen = old.every(allowsAll);
  const isOpen = now.every(allowsAll);
  if (wasOpen && !isOpen) pair.values("narrower", "limits unlisted properties.", OTHERS);
  else if (!wasOpen && isOpen) pair.values("wider", "no longer limits unlisted properties.", OTHERS);
  else if (!isOpen) {
    pair.deeper(old, now, { path: [pair.place.path, "*"].filter((step) => step !== "").join(".") });
  }
}
