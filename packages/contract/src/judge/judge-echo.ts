import { getAt, type Json } from "@dots-payouts/openapi";
import type { Violation } from "../check.ts";
import type { Exchange } from "../http/request.ts";
import type { SubjectSuccess } from "../suite/subject.ts";
import { differenceOf } from "../values/difference.ts";

/** Judges that what was sent comes back where the spec says so (`x-echo`). */
export function judgeEcho(
  success: SubjectSuccess,
  exchange: Exchange,
  sent: Json | undefined,
  answer: Json,
): Violation[] {
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
