import { isObject, type Json, type Parameter } from "@dots-payouts/openapi";
import { ADVICE } from "../change/advice.ts";
import { assumedIn } from "../change/assumed.ts";
import { impactOf } from "../change/change.ts";
import { compareOtherKeys } from "./other-keys.ts";
import { compareSchemasAt, pairs, type Versions } from "./versions.ts";

export function compareParameters(
  versions: Versions,
  old: readonly Parameter[],
  now: readonly Parameter[],
): void {
  for (const [name, from, to] of pairs(
    old,
    now,
    (parameter) => `${parameter.in} parameter ${parameter.name}`,
  )) {
    compareParameter(versions, name, from, to);
  }
}

function compareParameter(
  versions: Versions,
  name: string,
  from: Parameter | undefined,
  to: Parameter | undefined,
): void {
  const { note, sent } = versions;
  const assumed = (...keys: string[]) => assumedIn(versions, from?.pointer, to?.pointer, ...keys);
  if (from === undefined) {
    const needed = to?.required === true && sent === "request";
    const text = `The ${name} is new, and ${to?.required ? "required" : "optional"}.`;
    const advice = needed ? ADVICE.neededProperty : ADVICE.newRequestProperty;
    note(needed ? "breaking" : "addition", text, advice, assumed());
    return;
  }
  if (to === undefined) {
    note("breaking", `The ${name} is gone.`, ADVICE.goneRequestProperty, assumed());
    return;
  }
  if (from.required !== to.required) {
    const advice = to.required ? ADVICE.neededProperty : ADVICE.spareProperty;
    const impact = impactOf(sent, to.required ? "narrower" : "wider");
    note(impact, `The ${name} is now ${to.required ? "required" : "optional"}.`, advice, assumed("required"));
  }
  const [was, is] = [isDeprecated(from), isDeprecated(to)];
  if (was !== is) {
    const text = `The ${name} is ${is ? "deprecated" : "no longer deprecated"}.`;
    note("addition", text, is ? ADVICE.deprecated : undefined, assumed("deprecated"));
  }
  const side = { direction: sent, side: name };
  compareSchemasAt(versions, side, from.schema ?? from.contentSchema, to.schema ?? to.contentSchema);
  compareOtherKeys(
    versions,
    { node: spelledOut(from), pointer: from.pointer },
    { node: spelledOut(to), pointer: to.pointer },
    ["name", "in", "required", "schema", "deprecated"],
    `The ${name}`,
  );
}

function isDeprecated({ node }: Parameter): boolean {
  return node["deprecated"] === true;
}

/** A parameter with its defaults filled in (OpenAPI 3.1, Parameter Object). */
function spelledOut({ node, in: place }: Parameter): Json {
  const { content, ...rest } = node;
  if (content !== undefined) return { ...rest, content: Object.keys(isObject(content) ? content : {}) };
  const style = rest["style"] ?? (place === "query" || place === "cookie" ? "form" : "simple");
  const explode = rest["explode"] ?? style === "form";
  return { allowReserved: false, allowEmptyValue: false, ...rest, style, explode };
}
