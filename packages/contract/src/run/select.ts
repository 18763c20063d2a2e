import type { Check, Group } from "../checks/check.ts";
import { CannotRun } from "../errors/cannot-run.ts";

/** Which checks to run. */
export interface Selection {
  /** Parts of check IDs (`createThing`, `refuses`, `createThing/accepts`), `*` for anything. Default: all checks. */
  readonly only?: readonly string[] | undefined;
  /** Run the part `index` of `total` parts, counted from 1. All parts together run every check once. */
  readonly shard?: { readonly index: number; readonly total: number } | undefined;
}

/** @throws CannotRun if a string selects nothing: it is mistyped, and the intended checks would not run */
export function selectChecks(checks: readonly Check[], { only, shard }: Selection): Check[] {
  const patterns = only?.map((text) => ({
    text,
    pattern: new RegExp(text.split("*").map(escapePattern).join(".*"), "i"),
  }));
  const useless = patterns?.filter(({ pattern }) => !checks.some(({ id }) => pattern.test(id))) ?? [];
  if (useless.length > 0) {
    throw new CannotRun(`no check ID contains ${useless.map(({ text }) => text).join(" or ")}`);
  }
  const wanted =
    patterns === undefined
      ? [...checks]
      : checks.filter(({ id }) => patterns.some(({ pattern }) => pattern.test(id)));
  if (shard === undefined) return wanted;
  return wanted.filter((_, index) => index % shard.total === shard.index - 1);
}

/** All groups: as keys, so that the compiler notices one that is missing. */
const GROUPS: Readonly<Record<Group, true>> = {
  accepts: true,
  refuses: true,
  answers: true,
  authenticates: true,
  idempotency: true,
  resources: true,
  survives: true,
  webhooks: true,
};

/** The operations that may have a selected check. IDs of checks are `<operation>/<group>/<promise>`. */
export function wantedOperations(ids: readonly string[], { only }: Selection): ReadonlySet<string> {
  const beginnings = only?.map((text) => /^([^/*]+)\//.exec(text)?.[1]);
  // Only a text with a slash says what an operation's ID ends with, as long as no ID has a slash itself.
  if (beginnings === undefined || beginnings.includes(undefined) || ids.some((id) => id.includes("/"))) {
    return new Set(ids);
  }
  const ends = beginnings.map((text = "") => new RegExp(`${escapePattern(text)}$`, "i"));
  if (Object.keys(GROUPS).some((group) => ends.some((end) => end.test(group)))) return new Set(ids);
  return new Set(ids.filter((id) => ends.some((end) => end.test(id))));
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
