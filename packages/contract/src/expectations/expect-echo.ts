import { getAt, type Json } from "@dots-payouts/openapi";
import type { Exchange } from "../http/request.ts";
import type { TestedSuccess } from "../suite/tested-operation.ts";
import { differenceOf } from "../values/difference.ts";
import type { BrokenPromise } from "./broken-promise.ts";

/** Expects that what was sent comes back where the spec says so (`x-echo`). */
export function expectEcho(
  success: TestedSuccess,
  exchange: Exchange,
  sent: Json | undefined,
  answer: Json,
): BrokenPromise[] {
  if (sent === undefined) return [];
  return success.echo.flatMap(({ request, response }) => {
    const value = getAt(sent, request);
    if (value === undefined || !success.allows(response, value)) return [];
    const difference = differenceOf(value, getAt(answer, response), response, (pointer) =>
      success.describedAt(pointer),
    );
    if (difference === undefined) return [];
    const cause = `${response} is not what was sent at ${request}`;
    return [
      {
        kind: cause,
        cause,
        expected: `what is sent at ${request} comes back at ${response}; ${difference}`,
        place: `${success.response.pointer}/x-echo`,
        exchanges: [exchange],
      },
    ];
  });
}
