import type { Effect } from "../change/change.ts";
import type { Part, Parts } from "../proof/part.ts";
import { isWithin } from "../proof/proof.ts";
import { signatureOfAll, skeletonOf } from "../proof/signature.ts";
import { compareChoices } from "./choices.ts";
import { type Comparison, Pair, type Place, type Told } from "./comparison.ts";
import { compareKeywords } from "./keywords.ts";
import { compareObjects } from "./objects.ts";
import { type Shape, shapeOf } from "./shape.ts";
import { compareValues } from "./values.ts";

/** Reports what has changed from one schema to the other, property by property. A missing schema allows anything. */
export function compareSchemas(
  comparison: Comparison,
  before: Part | undefined,
  after: Part | undefined,
): void {
  const parts = (part: Part | undefined): Parts => (part === undefined ? [] : [part]);
  compareParts(comparison, parts(before), parts(after), {
    path: "",
    condition: undefined,
    lost: true,
    gained: true,
    above: [],
  });
}

function compareParts(comparison: Comparison, before: Parts, after: Parts, around: Place): Told {
  if (signatureOfAll(before) === signatureOfAll(after)) return { lost: false, gained: false };
  const here = [...before, { pointer: "→" }, ...after].map(({ pointer }) => pointer).join(" ");
  // Circular schemas are reported where the circle starts.
  if (around.above.includes(here)) return { lost: true, gained: true };
  const old = shapeOf(before);
  const now = shapeOf(after);
  for (const { pointer } of old.facets) {
    if (now.facets.some((facet) => facet.pointer === pointer)) comparison.named(pointer);
  }
  // Then each part of the value is judged separately.
  const onlyBelow = bonesOf(old) === bonesOf(now);
  const pair = new Pair(
    comparison,
    {
      ...around,
      lost: around.lost && (onlyBelow || !isWithin(before, after)),
      gained: around.gained && (onlyBelow || !isWithin(after, before)),
      above: [...around.above, here],
    },
    [old.facets, now.facets],
    compareParts,
  );
  compareTypes(pair, old, now);
  compareValues(pair, old, now);
  compareObjects(pair, old, now);
  compareItems(pair, old, now);
  compareChoices(pair, old, now);
  compareKeywords(pair, old, now);
  if (!onlyBelow) tellTheRest(pair);
  return pair.told;
}

function bonesOf({ facets }: Shape): string {
  return [...new Set(facets.map(skeletonOf))].sort().join();
}

/** Changes that no rule has found. */
function tellTheRest(pair: Pair): void {
  const { told, place } = pair;
  const lost = place.lost && !told.lost;
  const gained = place.gained && !told.gained;
  if (lost && gained) pair.values("other", "changes in a way that no rule covers.");
  else if (lost) pair.values("narrower", "may allow less than before.");
  else if (gained) pair.values("wider", "may allow more than before.");
}

function compareTypes(pair: Pair, old: Shape, now: Shape): void {
  const effect = effectOf(old.types, now.types);
  if (effect !== undefined)
    pair.values(effect, `changes its type from ${typeName(old)} to ${typeName(now)}.`, { keys: ["type"] });
}

function typeName({ types }: Shape): string {
  if (types === undefined) return "anything";
  const names = [...types].filter((name) => name !== "integer" || !types.has("number"));
  return names.length === 0 ? "nothing" : names.join(" or ");
}

function effectOf(
  old: ReadonlySet<string> | undefined,
  now: ReadonlySet<string> | undefined,
): Effect | undefined {
  const fewer = now !== undefined && (old === undefined || [...old].some((value) => !now.has(value)));
  const more = old !== undefined && (now === undefined || [...now].some((value) => !old.has(value)));
  if (fewer && more) return "other";
  return fewer ? "narrower" : more ? "wider" : undefined;
}

function compareItems(pair: Pair, old: Shape, now: Shape): void {
  if (old.items.length > 0 && now.items.length > 0) {
    pair.deeper(old.items, now.items, { path: `${pair.place.path}[]` });
  } else if (old.items.length !== now.items.length) {
    pair.values(now.items.length > 0 ? "narrower" : "wider", "describes its items differently.", {
      keys: ["items"],
    });
  }
}
