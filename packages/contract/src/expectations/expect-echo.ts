import { getAt, type Json } from "@dots-payouts/openapi";
import type { Exchange } from "../http/request.ts";
import type { TestedOperation } from "../suite/tested-operation.ts";
import type { TestedSuccess } from "../suite/tested-success.ts";
import { differenceOf } from "../values/difference.ts";
import type { BrokenPromise } from "./broken-promise.ts";

/** Expects that what was sent is returned where the spec says so (`x-echo`). */
export function expectEcho(
  tested: TestedOperation,
  success: TestedSuccess,
  exchange: Exchange,
  sent: Json | undefined,
  answer: Json,
): BrokenPromise[] {
  if (sent === undefined) return [];
  return success.echo.flatMap(({ request, response }): BrokenPromise[] => {
    const value = getAt(sent, request);
    if (value === undefined || !success.allows(response, value)) return [];
    const difference = differenceOf(value, getAt(answer, response), response, success.describedAt);
    if (difference === undefined) return [];
    return [
      {
        severity: tested.showsMoney(response) ? "money" : "data",
        cause: `${response} is not what was sent at ${request}`,
        expected: `what is sent at ${request} is returned at ${response}; ${difference}`,
        place: `${success.response.pointer}/x-echo`,
        name: response,
        exchanges: [exchange],
      },
    ];
  });
}
