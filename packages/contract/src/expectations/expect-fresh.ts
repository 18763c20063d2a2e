import { getAt, type Json } from "@dots-payouts/openapi";
import { type Exchange, isAnswer } from "../http/request.ts";
import type { Context } from "../suite/context.ts";
import type { TestedOperation } from "../suite/tested-operation.ts";
import type { TestedSuccess } from "../suite/tested-success.ts";
import type { BrokenPromise } from "./broken-promise.ts";

/** How far, in milliseconds, a time of creation may lie from now: clocks differ, time zones must not. */
const NEAR = 10 * 60_000;

/** Expects that what the spec calls fresh (`x-generate`) is: texts that no other resource has, times near now. */
export function expectFresh(
  context: Context,
  tested: TestedOperation,
  success: TestedSuccess,
  exchange: Exchange,
  sent: Json | undefined,
  answer: Json,
): BrokenPromise[] {
  const place = success.media.schema ?? tested.operation.pointer;
  return success.generated.flatMap(({ pointer, rule }): BrokenPromise[] => {
    const value = getAt(answer, pointer);
    if (typeof value !== "string") return [];
    if (rule === "now") return expectNow(exchange, pointer, value, place);
    const other = context.remember(`${tested.operation.id} ${pointer}`, value, sent);
    if (other === undefined) return [];
    return [
      {
        severity: "money",
        cause: `two new resources have the same ${pointer}`,
        expected: `each new resource has a ${pointer} of its own; ${value} came twice`,
        place,
        exchanges: [exchange],
      },
    ];
  });
}

function expectNow(exchange: Exchange, pointer: string, value: string, place: string): BrokenPromise[] {
  const { outcome } = exchange;
  const clocks = [Date.now(), Date.parse(isAnswer(outcome) ? (outcome.headers["date"] ?? "") : "")];
  const time = Date.parse(value);
  if (Number.isNaN(time) || clocks.some((clock) => Math.abs(clock - time) < NEAR)) return [];
  return [
    {
      severity: "data",
      cause: `${pointer} is not the time of creation`,
      expected: `${pointer} is the time at which the resource was made; it says ${value}, now is ${new Date().toISOString()}`,
      place,
      exchanges: [exchange],
    },
  ];
}
