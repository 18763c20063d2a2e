import { isObject } from "@dots-payouts/openapi";
import { listAt, mapAt, type Part, valueAt } from "../proof/part.ts";
import { signatureOf } from "../proof/signature.ts";
import type { Pair } from "./comparison.ts";
import type { Choice, Condition, Shape } from "./shape.ts";

/** Compares the alternatives and the conditions. */
export function compareChoices(pair: Pair, old: Shape, now: Shape): void {
  for (let index = 0; index < Math.max(old.choices.length, now.choices.length); index++) {
    compareChoice(pair, old.choices[index], now.choices[index]);
  }
  compareConditions(pair, old.conditions, now.conditions);
}

function compareChoice(pair: Pair, old: Choice | undefined, now: Choice | undefined): void {
  if (old === undefined || now === undefined) {
    if (old === undefined) pair.values("narrower", "is now a choice.");
    else pair.values("wider", "is no longer a choice.");
    return;
  }
  if (old.keyword !== now.keyword) {
    pair.values("other", `changes from ${old.keyword} to ${now.keyword}.`);
  }
  const [gone, fresh] = unlike(old.branches, now.branches);
  if (gone.length + fresh.length > 0 && !pair.place.lost && !pair.place.gained) {
    // Such as values that are only examples among all strings.
    pair.tell("words", "describes its alternatives differently.", undefined);
  }
  const left = [...fresh];
  const lonely = gone.filter((branch) => {
    const successor = left.find((other) => isLike(branch, other));
    if (successor === undefined) return true;
    left.splice(left.indexOf(successor), 1);
    pair.deeper([branch], [successor], {});
    return false;
  });
  if (lonely.length === left.length) {
    for (const [index, branch] of lonely.entries()) pair.deeper([branch], left.slice(index, index + 1), {});
    return;
  }
  for (const _ of lonely) pair.values("narrower", "has one alternative less.");
  for (const _ of left) pair.values("wider", "has one alternative more.");
}

/** The entries of each of two lists that the other lacks. */
function unlike(one: readonly Part[], other: readonly Part[]): [Part[], Part[]] {
  const [before, after] = [one, other].map((branches) => new Set(branches.map(signatureOf)));
  return [
    one.filter((branch) => !after?.has(signatureOf(branch))),
    other.filter((branch) => !before?.has(signatureOf(branch))),
  ];
}

/** Whether a branch seems to be a new version of another: they have the same name, or the same constant. */
function isLike(one: Part, other: Part): boolean {
  const [from, to] = [one, other].map(marksOf);
  return from !== undefined && from !== "" && from === to;
}

function marksOf(part: Part): string {
  const reference = valueAt(part, "$ref");
  if (typeof reference === "string") return reference;
  const constants = Object.entries(mapAt(part, "properties")).flatMap(([name, schema]) =>
    isObject(schema) && schema["const"] !== undefined ? [`${name}=${JSON.stringify(schema["const"])}`] : [],
  );
  if (constants.length > 0) return constants.join();
  const type = valueAt(part, "type");
  return type === "object" && listAt(part, "required").length > 0 ? "" : String(type ?? "");
}

function compareConditions(pair: Pair, old: readonly Condition[], now: readonly Condition[]): void {
  const left = [...now];
  const take = (is: (condition: Condition) => boolean): Condition | undefined => {
    const index = left.findIndex(is);
    return index < 0 ? undefined : left.splice(index, 1)[0];
  };
  const lonely: Condition[] = [];
  const unequal = old.filter((condition) => {
    const same = take((other) => other.when === condition.when);
    if (same !== undefined) compareThen(pair, condition, same);
    return same === undefined;
  });
  for (const condition of unequal) {
    const { name } = condition;
    const renewed = take((other) => other.name === name && name !== "no name");
    if (renewed === undefined) lonely.push(condition);
    else pair.values("other", `has a changed condition (${name}).`);
  }
  for (const { name } of left) pair.values("narrower", `has a new condition (${name}).`);
  for (const { name } of lonely) pair.values("wider", `no longer has a condition (${name}).`);
}

function compareThen(pair: Pair, old: Condition, now: Condition): void {
  const condition = [pair.place.condition, now.name].filter((name) => name !== undefined).join("; ");
  pair.deeper(old.fitting, now.fitting, { condition });
  pair.deeper(old.others, now.others, { condition: `not ${condition}` });
}
