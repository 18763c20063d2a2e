import {
  type Echo,
  formatPointer,
  type GeneratedValue,
  isObject,
  type Json,
  memoize,
  parsePointer,
} from "@dots-payouts/openapi";
import { type FreshValues, generator } from "./fresh-values.ts";

/** How to fill the places that repeat what was sent. */
export interface Filling {
  /** Response pointers of places that repeat nothing. */
  readonly skipped: ReadonlySet<string>;
  /** Whether a place that repeats nothing keeps the example's value; otherwise it is left out. */
  readonly complete: boolean;
}

/** Makes a body from what was sent. */
export type FillExample = (sent: Json, fresh: FreshValues, filling: Filling) => Json;

type Part =
  | { readonly kind: "literal"; readonly value: Json }
  | { readonly kind: "fresh"; readonly make: (fresh: FreshValues) => string }
  | {
      readonly kind: "echo";
      readonly pointer: string;
      readonly from: readonly string[];
      readonly example: Json | undefined;
    }
  | {
      readonly kind: "object";
      readonly entries: readonly { readonly name: string; readonly part: Part }[];
      readonly echoes: boolean;
    };

/**
 * Turns an example into a function that makes bodies: `x-echo` places are filled with what was sent, or left out if
 * nothing was, together with objects that become empty; `x-generate` places get a fresh value if their object exists.
 */
export function fillExample(
  example: Json,
  echoes: readonly Echo[],
  generated: readonly GeneratedValue[],
): FillExample {
  const template = plan(example, "", echoes, generated);
  return (sent, fresh, filling) => fill(template, sent, fresh, filling) ?? {};
}

function plan(
  example: Json | undefined,
  here: string,
  echoes: readonly Echo[],
  generated: readonly GeneratedValue[],
): Part {
  const echo = echoes.find(({ response }) => response === here);
  if (echo !== undefined) return { kind: "echo", pointer: here, from: parsePointer(echo.request), example };
  const value = generated.find(({ pointer }) => pointer === here);
  if (value !== undefined) return { kind: "fresh", make: generator(value.rule) };
  const echoed = keysBelow(
    here,
    echoes.map(({ response }) => response),
  );
  if (!isObject(example) && echoed.length === 0) return { kind: "literal", value: example ?? null };
  const own: Readonly<Record<string, Json>> = isObject(example) ? example : {};
  const made = isObject(example)
    ? keysOf(
        here,
        generated.map(({ pointer }) => pointer),
      )
    : [];
  const names = new Set([...Object.keys(own), ...echoed, ...made]);
  const entries = [...names].map((name) => {
    const child = Object.hasOwn(own, name) ? own[name] : undefined;
    return { name, part: plan(child, here + formatPointer([name]), echoes, generated) };
  });
  return { kind: "object", entries, echoes: echoed.length > 0 };
}

/** The keys of the object at `here` that lead to one of the pointers. */
function keysBelow(here: string, pointers: readonly string[]): string[] {
  return pointers
    .filter((pointer) => pointer.startsWith(`${here}/`))
    .flatMap((pointer) => parsePointer(pointer.slice(here.length)).slice(0, 1));
}

/** The keys of the object at `here` that one of the pointers ends at. */
function keysOf(here: string, pointers: readonly string[]): string[] {
  return keysBelow(here, pointers).filter((name) => pointers.includes(here + formatPointer([name])));
}

function fill(part: Part, sent: Json, fresh: FreshValues, filling: Filling): Json | undefined {
  switch (part.kind) {
    case "literal":
      return part.value;
    case "fresh":
      return part.make(fresh);
    case "echo": {
      const value = filling.skipped.has(part.pointer) ? undefined : valueAt(sent, part.from);
      return value === undefined && filling.complete ? part.example : value;
    }
    case "object": {
      const object: Record<string, Json> = {};
      let kept = !part.echoes;
      for (const { name, part: child } of part.entries) {
        const value = fill(child, sent, fresh, filling);
        if (value === undefined) continue;
        object[name] = value;
        kept ||= child.kind !== "fresh";
      }
      return kept ? object : undefined;
    }
  }
}

/** The reference tokens of a pointer, cached: those of an operation are followed for every request. */
export const tokensOf: (pointer: string) => readonly string[] = memoize(parsePointer);

/** The value at these reference tokens, which are parsed once and used for every request. */
export function valueAt(root: Json, tokens: readonly string[]): Json | undefined {
  let value: Json | undefined = root;
  for (const token of tokens) {
    if (Array.isArray(value)) value = value[Number(token)];
    else if (isObject(value) && Object.hasOwn(value, token)) value = value[token];
    else return undefined;
  }
  return value;
}
