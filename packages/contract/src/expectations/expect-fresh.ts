import { setTimeout as wait } from "node:timers/promises";
import { getAt, type Json } from "@dots-payouts/openapi";
import { type Exchange, isAnswer } from "../http/request.ts";
import { parseTime } from "../schema/date-time.ts";
import type { Context, MadeAt } from "../suite/context.ts";
import type { TestedOperation } from "../suite/tested-operation.ts";
import type { TestedSuccess } from "../suite/tested-success.ts";
import type { BrokenPromise } from "./broken-promise.ts";

/** How far, in milliseconds, a time of creation may differ from now: clocks differ, but time zones must not. */
const NEAR = 10 * 60_000;

/** Expects that fresh values (`x-generate`) are fresh: unique strings, and times near now. */
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
    if (rule === "now") {
      const broken = expectNow(exchange, pointer, value, place);
      return broken.length > 0 ? broken : expectClockGoesOn(context, tested, exchange, pointer, value, place);
    }
    const other = context.remember(`${tested.operation.id} ${pointer}`, value, sent);
    if (other === undefined) return [];
    return [
      {
        severity: "money",
        cause: `two new resources have the same ${pointer}`,
        expected: `each new resource has its own ${pointer}; ${value} appeared twice`,
        place,
        exchanges: [exchange],
      },
    ];
  });
}

function expectNow(exchange: Exchange, pointer: string, value: string, place: string): BrokenPromise[] {
  const { outcome } = exchange;
  const clocks = [Date.now(), Date.parse(isAnswer(outcome) ? (outcome.headers["date"] ?? "") : "")];
  const time = parseTime(value);
  if (Number.isNaN(time) || clocks.some((clock) => Math.abs(clock - time) < NEAR)) return [];
  return [
    {
      severity: "data",
      cause: `${pointer} is not the time of creation`,
      expected: `${pointer} is the time at which the resource was created; it says ${value}, now is ${new Date().toISOString()}`,
      place,
      exchanges: [exchange],
    },
  ];
}

/** Milliseconds until a clock shows a different time. Some clocks only have seconds. */
function resolutionOf({ time }: MadeAt): number {
  return time % 1_000 === 0 ? 1_500 : 250;
}

/** Waits until a resource created now has a different time than the first one. */
export async function untilClockGoesOn(
  context: Context,
  { operation }: TestedOperation,
  pointer: string,
): Promise<void> {
  const first = context.timeAt(`${operation.id} ${pointer}`);
  if (first === undefined) return;
  // A timer counts whole milliseconds, and may be one early.
  await wait(Math.max(Math.ceil(first.answered + resolutionOf(first) - performance.now()) + 1, 0));
}

/** Expects that resources created one after the other have different times. */
function expectClockGoesOn(
  context: Context,
  { operation }: TestedOperation,
  exchange: Exchange,
  pointer: string,
  value: string,
  place: string,
): BrokenPromise[] {
  const { outcome } = exchange;
  if (!isAnswer(outcome)) return [];
  const time = parseTime(value);
  // Use the times of the exchanges: how long they waited to be checked says nothing about the server.
  const answered = outcome.sent + outcome.milliseconds;
  const first = context.firstTime(`${operation.id} ${pointer}`, { time, answered, exchange });
  const apart = outcome.sent - first.answered;
  if (time !== first.time || apart < resolutionOf(first)) return [];
  return [
    {
      severity: "data",
      cause: `${pointer} is not the time of creation`,
      expected: `${pointer} is the time at which the resource was created; two that were created ${Math.round(apart)} ms apart have ${value}`,
      place,
      exchanges: [first.exchange, exchange],
    },
  ];
}
