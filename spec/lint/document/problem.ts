import { DocumentError, type Json, parsePointer } from "@dots-payouts/openapi";
import { lead } from "./pointer.ts";
import type { Location, Place, RuleContext } from "./redocly.ts";
import { misfit } from "./schema.ts";

/** What is wrong with an extension, and where. */
export interface Problem {
  readonly problem: string;
  readonly location: Location;
}

/** Reports what is wrong with an extension. */
export function report(context: RuleContext, extension: string, problems: readonly Problem[]): void {
  for (const { problem, location } of problems) {
    context.report({ message: `${extension}: ${problem}`, location });
  }
}

/** Why an extension can't be read, using the same reader as everything else. Empty if it can. */
export function unreadable(place: Place, read: (node: Json, pointer: string) => unknown): Problem[] {
  try {
    read(jsonOf(place.node), "");
    return [];
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    const tokens = parsePointer(error.pointer);
    const location = tokens.length === 0 ? place.location : place.location.child(tokens);
    return [{ problem: `${error.problem}.`, location }];
  }
}

/** Parsed YAML as JSON. */
function jsonOf(value: unknown): Json {
  const json: Json = JSON.parse(JSON.stringify(value ?? null));
  return json;
}

/** Why a JSON Pointer leads nowhere in schemas that describe one value, each on its own. */
export function deadEnds(
  side: string,
  schemas: readonly Place[],
  pointer: unknown,
  location: Location,
  context: RuleContext,
): Problem[] {
  if (schemas.length === 0) return [{ problem: `the ${side} has no JSON schema.`, location }];
  return schemas.flatMap((schema) => {
    const found = lead(schema, pointer, context);
    return "problem" in found ? [{ problem: `in the ${side}, ${found.problem}`, location }] : [];
  });
}

/** Why values by JSON Pointer do not match schemas: a pointer leads nowhere, or the value is not allowed there. */
export function misplaced(
  side: string,
  schemas: readonly Place[],
  values: readonly (readonly [pointer: string, place: Place])[],
  context: RuleContext,
): Problem[] {
  return values.flatMap(([pointer, { node, location }]) => {
    const ends = deadEnds(side, schemas, pointer, location.key(), context);
    if (ends.length > 0) return ends;
    return schemas.flatMap((schema) => {
      const found = lead(schema, pointer, context);
      const problem = "schemas" in found ? misfit(found.schemas, node, context) : undefined;
      return problem === undefined ? [] : [{ problem: `in the ${side}, ${pointer} ${problem}`, location }];
    });
  });
}

/** The problem of a name that is not among the declared ones. */
export function unlisted(
  what: string,
  name: unknown,
  known: readonly unknown[],
  location: Location,
): Problem[] {
  if (known.includes(name)) return [];
  const names = known.length === 0 ? "there is none" : `it is one of ${known.map(String).join(", ")}`;
  return [{ problem: `${String(name)} is not a ${what}: ${names}.`, location }];
}
