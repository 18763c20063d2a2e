import {
  type Echo,
  formatPointer,
  type GeneratedValue,
  isObject,
  type Json,
  parsePointer,
} from "@dots-payouts/openapi";
import { type FreshValues, generator } from "./fresh-values.ts";

/** Makes a resource out of a request. `skipped` are the response pointers that keep nothing of the request. */
export type ResourceMaker = (sent: Json, fresh: FreshValues, skipped: ReadonlySet<string>) => Json;

type Part =
  | { readonly kind: "literal"; readonly value: Json }
  | { readonly kind: "fresh"; readonly make: (fresh: FreshValues) => string }
  | { readonly kind: "echo"; readonly pointer: string; readonly from: readonly string[] }
  | {
      readonly kind: "object";
      readonly entries: readonly (readonly [string, Part])[];
      readonly echoes: boolean;
    };

/**
 * Turns an example into a maker of resources: `x-echo` places are filled with what was sent and left out where nothing
 * was, together with the objects that this empties; `x-generate` places get a fresh value where their object exists.
 */
export function resourceMaker(
  example: Json,
  echoes: readonly Echo[],
  generated: readonly GeneratedValue[],
): ResourceMaker {
  const template = plan(example, "", echoes, generated);
  return (sent, fresh, skipped) => fill(template, sent, fresh, skipped) ?? {};
}

function plan(
  example: Json | undefined,
  here: string,
  echoes: readonly Echo[],
  generated: readonly GeneratedValue[],
): Part {
  const echo = echoes.find(({ response }) => response === here);
  if (echo !== undefined) return { kind: "echo", pointer: here, from: parsePointer(echo.request) };
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
    return [name, plan(child, here + formatPointer([name]), echoes, generated)] as const;
  });
  return { kind: "object", entries, echoes: echoed.length > 0 };
}

/** The keys of the object at `here` that lead to one of the pointers. */
function keysBelow(here: string, pointers: readonly string[]): string[] {
  return pointers
    .filter((pointer) => pointer.startsWith(`${here}/`))
    .flatMap((pointer) => parsePointer(pointer.slice(here.length)).slice(0, 1));
}

/** The keys of the object at `here` that are one of the pointers. */
function keysOf(here: string, pointers: readonly string[]): string[] {
  return keysBelow(here, pointers).filter((name) => pointers.includes(here + formatPointer([name])));
}

function fill(part: Part, sent: Json, fresh: FreshValues, skipped: ReadonlySet<string>): Json | undefined {
  switch (part.kind) {
    case "literal":
      return part.value;
    case "fresh":
      return part.make(fresh);
    case "echo":
      return skipped.has(part.pointer) ? undefined : valueAt(sent, part.from);
    case "object": {
      const object: Record<string, Json> = {};
      let kept = !part.echoes;
      for (const [name, child] of part.entries) {
        const value = fill(child, sent, fresh, skipped);
        if (value === undefined) continue;
        object[name] = value;
        kept ||= child.kind !== "fresh";
      }
      return kept ? object : undefined;
    }
  }
}

/** What stands at the end of these reference tokens, which are parsed once and used for every request. */
export function valueAt(root: Json, tokens: readonly string[]): Json | undefined {
  let value: Json | undefined = root;
  for (const token of tokens) {
    if (Array.isArray(value)) value = value[Number(token)];
    else if (isObject(value) && Object.hasOwn(value, token)) value = value[token];
    else return undefined;
  }
  return value;
}
