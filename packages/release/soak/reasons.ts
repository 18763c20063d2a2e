import type { Verdict } from "./judge.ts";

/** Why a verdict may be stricter than what values show. Anything else that is stricter could not be proved. */
const REASONS: readonly { readonly says: RegExp; readonly reason: string }[] = [
  { says: /is gone\.$/, reason: "a property that is gone: the client's types do not have it any more" },
  { says: /is no longer `/, reason: "a value that is gone: code that compares with it no longer compiles" },
  { says: /^\S+ in the .* is new, and/, reason: "a new property: the client's types have it" },
  { says: /is now (required|optional)\.$/, reason: "required or not: the client's types say so" },
];

/** Why a verdict is intentionally stricter; `undefined` if it just could not be proved. */
export function reasonFor({ impact, changes }: Verdict): string | undefined {
  const worst = changes.filter((change) => change.impact === impact);
  return REASONS.find(({ says }) => worst.some(({ text }) => says.test(text)))?.reason;
}
