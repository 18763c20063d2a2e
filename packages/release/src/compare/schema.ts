import type { OpenApiDocument } from "@dots-payouts/openapi";
import { type Direction, type Effect, impactOf, type Note } from "./change.ts";
import { compareKeywords } from "./keywords.ts";
import { type Choice, isOpen, type Schema, type Shape, shapeOf, signature } from "./shape.ts";

export interface Comparison {
  readonly before: OpenApiDocument;
  readonly after: OpenApiDocument;
  readonly direction: Direction;
  /** Where the value stands, for people: `request`, `200 response`. */
  readonly side: string;
  readonly note: Note;
}

/** Says what has changed from one schema to the other, property by property. */
export function compareSchemas(
  comparison: Comparison,
  before: Schema,
  after: Schema,
  path = "",
  above: readonly string[] = [],
): void {
  if (signature(comparison.before, before) === signature(comparison.after, after)) return;
  const here = [...before, { pointer: "→" }, ...after].map(({ pointer }) => pointer).join(" ");
  if (above.includes(here)) return;
  const old = shapeOf(comparison.before, before);
  const now = shapeOf(comparison.after, after);
  const deeper = (from: Schema, to: Schema, at: string): void =>
    compareSchemas(comparison, from, to, at, [...above, here]);
  const say = (effect: Effect, text: string): void => {
    comparison.note(impactOf(comparison.direction, effect), `${subject(comparison, path)} ${text}`);
  };

  compareTypes(old, now, say);
  compareValues(comparison, old, now, path);
  compareProperties(comparison, old, now, path, deeper);
  if (old.items.length > 0 && now.items.length > 0) deeper(old.items, now.items, `${path}[]`);
  else if (old.items.length !== now.items.length) {
    say(now.items.length > 0 ? "narrower" : "wider", "says something else of its items.");
  }
  compareAdditional(old, now, path, say, deeper);
  compareChoices(comparison, old.choices, now.choices, path, say, deeper);
  compareConditions(old, now, say);
  compareKeywords(comparison.direction, old.keywords, now.keywords, (impact, text) =>
    comparison.note(impact, `${subject(comparison, path)} ${text}`),
  );
}

function subject({ side }: Comparison, path: string): string {
  return path === "" ? `The ${side}` : `\`${path}\` in the ${side}`;
}

function compareTypes(old: Shape, now: Shape, say: (effect: Effect, text: string) => void): void {
  const effect = effectOf(old.types, now.types);
  if (effect !== undefined) say(effect, `changes its type from ${typeName(old)} to ${typeName(now)}.`);
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

function compareValues(comparison: Comparison, old: Shape, now: Shape, path: string): void {
  const { direction, note } = comparison;
  const who = subject(comparison, path);
  if (old.values === undefined || now.values === undefined) {
    if (now.values !== undefined)
      note(impactOf(direction, "narrower"), `${who} is limited to listed values.`);
    if (old.values !== undefined)
      note(impactOf(direction, "wider"), `${who} is no longer limited to listed values.`);
    return;
  }
  for (const value of [...now.values].filter((one) => !old.values?.has(one))) {
    // The description says that lists in responses may grow, so whoever reads one is ready for it.
    note("addition", `${who} ${direction === "request" ? "also takes" : "may also be"} \`${value}\`.`);
  }
  for (const value of [...old.values].filter((one) => !now.values?.has(one))) {
    // Code that names the value no longer compiles, also where it only reads.
    note("breaking", `${who} ${direction === "request" ? "no longer takes" : "is no longer"} \`${value}\`.`);
  }
}

function compareProperties(
  comparison: Comparison,
  old: Shape,
  now: Shape,
  path: string,
  deeper: (from: Schema, to: Schema, at: string) => void,
): void {
  const { direction, note } = comparison;
  const declared = new Set([...old.properties.keys(), ...now.properties.keys()]);
  for (const name of new Set([...declared, ...old.required, ...now.required])) {
    const at = path === "" ? name : `${path}.${name}`;
    const who = subject(comparison, at);
    const from = old.properties.get(name);
    const to = now.properties.get(name);
    const wasRequired = old.required.has(name);
    const isRequired = now.required.has(name);
    if (from === undefined && to !== undefined) {
      const breaks = direction === "request" && isRequired && !wasRequired;
      note(breaks ? "breaking" : "addition", `${who} is new, and ${isRequired ? "required" : "optional"}.`);
      continue;
    }
    if (from !== undefined && to === undefined) {
      note("breaking", `${who} is gone.`);
      continue;
    }
    if (isRequired !== wasRequired) {
      const impact = impactOf(direction, isRequired ? "narrower" : "wider");
      note(impact, `${who} is now ${isRequired ? "required" : "optional"}.`);
    }
    if (from !== undefined && to !== undefined) deeper(from, to, at);
  }
}

function compareAdditional(
  old: Shape,
  now: Shape,
  path: string,
  say: (effect: Effect, text: string) => void,
  deeper: (from: Schema, to: Schema, at: string) => void,
): void {
  const wasOpen = isOpen(old.additional);
  const open = isOpen(now.additional);
  if (wasOpen && !open) say("narrower", "limits the properties that are not listed.");
  else if (!wasOpen && open) say("wider", "no longer limits the properties that are not listed.");
  else if (!open) deeper(old.additional, now.additional, `${path === "" ? "" : `${path}.`}*`);
}

function compareChoices(
  { before, after }: Comparison,
  old: readonly Choice[],
  now: readonly Choice[],
  path: string,
  say: (effect: Effect, text: string) => void,
  deeper: (from: Schema, to: Schema, at: string) => void,
): void {
  for (let index = 0; index < Math.max(old.length, now.length); index++) {
    const from = old[index];
    const to = now[index];
    if (from === undefined || to === undefined) {
      say(
        from === undefined ? "narrower" : "wider",
        `${from === undefined ? "is now" : "is no longer"} a choice.`,
      );
      continue;
    }
    if (from.keyword !== to.keyword) say("other", `is ${to.keyword} now, where it was ${from.keyword}.`);
    const known = new Set(from.branches.map((branch) => signature(before, branch)));
    const kept = new Set(to.branches.map((branch) => signature(after, branch)));
    const gone = from.branches.filter((branch) => !kept.has(signature(before, branch)));
    const fresh = to.branches.filter((branch) => !known.has(signature(after, branch)));
    for (const [position, branch] of gone.entries()) {
      const successor = gone.length === fresh.length ? fresh[position] : undefined;
      if (successor !== undefined) deeper(branch, successor, path);
      else say("narrower", "has an alternative less.");
    }
    if (gone.length !== fresh.length) for (const _ of fresh) say("wider", "has an alternative more.");
  }
}

function compareConditions(old: Shape, now: Shape, say: (effect: Effect, text: string) => void): void {
  for (const [text, name] of now.conditions) {
    if (!old.conditions.has(text)) say("narrower", `has a new condition (${name}).`);
  }
  for (const [text, name] of old.conditions) {
    if (!now.conditions.has(text)) say("wider", `has lost a condition (${name}).`);
  }
}
