import type { MockEffect } from "@dots-payouts/openapi";
import type { ValidRequest } from "../check/check-body.ts";
import { problemAnswer } from "../refusals/problem-answer.ts";
import { documentedRefusal } from "../refusals/sendable-answer.ts";
import { valueAt } from "../sample/fill-example.ts";
import type { MockAnswer } from "../wire/answer.ts";
import { refuse } from "../wire/refusal.ts";
import type { Context, Progress } from "./context.ts";

/** What the mock does for a value in this request (`x-mock`), if anything. */
export function effectOf({ compiled, json }: ValidRequest): MockEffect | undefined {
  if (json === undefined) return undefined;
  for (const { tokens, effects } of compiled.magicValues) {
    const value = valueAt(json, tokens);
    const effect = typeof value === "string" ? effects.get(value) : undefined;
    if (effect !== undefined) return effect;
  }
  return undefined;
}

/** The refusal that a value of a request causes; `undefined` if none. */
export function magicAnswer(
  { spec }: Context,
  valid: ValidRequest,
  effect: MockEffect,
  progress: Progress,
): MockAnswer | undefined {
  if (effect.answer === undefined) return undefined;
  const { status, headers } = effect.answer;
  const { compiled, request } = valid;
  progress.reasons = [{ path: "", code: "mock", message: effect.summary }];
  const documented =
    problemAnswer(spec, compiled, request, status) ??
    documentedRefusal(spec, compiled, refuse(status, "mock", effect.summary));
  return { ...documented, headers: { ...documented.headers, ...headers } };
}
