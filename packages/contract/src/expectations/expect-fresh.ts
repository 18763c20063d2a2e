import { getAt, type Json } from "@dots-payouts/openapi";
import { type Exchange, isAnswer } from "../http/request.ts";
import type { Context } from "../suite/context.ts";
import type { TestedOperation } from "../suite/tested-operation.ts";
import type { BrokenPromise } from "./broken-promise.ts";

/** How far, in milliseconds, a time of creation may lie from now: clocks differ, time zones must not. */
const NEAR = 10 * 60_000;

/** Expects that what the spec calls fresh (`x-generate`) is: texts that no other resource has, times near now. */
export function expectFresh(
  context: Context,
  tested: TestedOperation,
  exchange: Exchange,
  sent: Json | undefined,
  answer: Json,
): BrokenPromise[] {
  const { success } = tested;
  const place = success?.media.schema ?? tested.operation.pointer;
  const exchanges = [exchange];
  return (success?.generated ?? []).flatMap(({ pointer, rule }): BrokenPromise[] => {
    const value = getAt(answer, pointer);
    if (typeof value !== "string") return [];
    if (rule === "now") {
      const { outcome } = exchange;
      const clocks = [Date.now(), Date.parse(isAnswer(outcome) ? (outcome.headers["date"] ?? "") : "")];
      const time = Date.parse(value);
      if (Number.isNaN(time) || clocks.some((clock) => Math.abs(clock - time) < NEAR)) return [];
      const cause = `${pointer} is not the time of creation`;
      const expected = `${pointer} is the time at which the resource was made; it says ${value}, now is ${new Date().toISOString()}`;
      return [{ kind: cause, cause, expected, place, exchanges }];
    }
    const other = context.remember(`${tested.operation.id} ${pointer}`, value, sent);
    if (other === undefined) return [];
    const cause = `two new resources have the same ${pointer}`;
    const expected = `each new resource has a ${pointer} of its own; ${value} came twice`;
    return [{ kind: cause, cause, expected, place, exchanges }];
  });
}
