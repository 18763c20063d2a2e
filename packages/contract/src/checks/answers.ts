import { type Json, typesOf } from "@dots-payouts/openapi";
import { expectCreated } from "../expectations/expect-answer.ts";
import { untilClockGoesOn } from "../expectations/expect-fresh.ts";
import { expectRefusal, expectUnauthorized } from "../expectations/expect-refusal.ts";
import type { Exchange } from "../http/request.ts";
import { makeRequest } from "../requests/make-request.ts";
import type { Context } from "../suite/context.ts";
import type { Suite } from "../suite/suite.ts";
import type { TestedBody } from "../suite/tested-body.ts";
import type { TestedOperation } from "../suite/tested-operation.ts";
import type { TestedSuccess } from "../suite/tested-success.ts";
import { ruleBroken } from "../values/candidates.ts";
import { complete, insertValue } from "../values/complete.ts";
import { sample } from "../values/sample.ts";
import { type Check, named, slug } from "./check.ts";
import { tryBody } from "./try-body.ts";

/** Answers are as documented, and match what was sent. */
export function answersChecks(suite: Suite, tested: TestedOperation): Check[] {
  const { operation, body, success } = tested;
  if (body === undefined) return [];
  const check = (
    id: string,
    title: string,
    place: string,
    bodies: readonly Json[],
    run: Check["run"],
  ): Check => ({
    ...named(operation.id, "answers", slug(id), title),
    place,
    creates: bodies.length,
    bodies,
    run,
  });
  const [smallest] = body.smallest;
  return [
    ...(success === undefined
      ? []
      : [...echoChecks(tested, body, success, check), ...freshChecks(tested, body, success, check)]),
    check("refusal", "answers an invalid request as documented", operation.pointer, [], (context) =>
      body.errors({}).length === 0 || !body.isClear({})
        ? Promise.resolve([])
        : tryBody(context, tested, body, {}, (exchange, sent) =>
            expectRefusal(tested, exchange, ruleBroken(body.errors(sent))),
          ),
    ),
    ...(operation.security.some((schemes) => schemes.length === 0) ||
    makeRequest(suite, tested).authorization === undefined
      ? []
      : [
          check(
            "unauthorized",
            "answers a request without credentials as documented",
            operation.pointer,
            [],
            async (context) => {
              const { authorization: _, ...request } = makeRequest(suite, tested, smallest);
              const exchange = await context.server.send(request);
              return expectUnauthorized(tested, exchange, "no credentials", operation.pointer);
            },
          ),
        ]),
  ];
}

type Make = (id: string, title: string, place: string, bodies: readonly Json[], run: Check["run"]) => Check;

/** A check for each echoed place, and one for the largest exact number. */
function echoChecks(tested: TestedOperation, body: TestedBody, success: TestedSuccess, check: Make): Check[] {
  return success.echo.flatMap(({ request, response }): Check[] => {
    const field = body.fields.find(({ pointer }) => pointer === request);
    if (field === undefined) return [];
    const tries: [string, Json, boolean][] = [["", sample(field.parts), false]];
    if (typesOf(field.parts)?.some((type) => type === "integer" || type === "number")) {
      tries.push(["-precise", Number.MAX_SAFE_INTEGER - 1, true]);
    }
    return tries.flatMap(([suffix, value, large]): Check[] => {
      const started = insertValue(body.smallest[0], body.fields, request, value);
      const whole =
        started === undefined ? undefined : complete(started, body.fields, (other) => body.errors(other));
      if (whole === undefined) return [];
      const title = large
        ? `returns a large number at ${request} exact to its last digit`
        : `returns ${request} at ${response}`;
      const made = check(
        `echo-${response}${suffix}`,
        title,
        `${success.response.pointer}/x-echo`,
        [whole],
        (context) =>
          tryBody(context, tested, body, whole, (exchange, sent) =>
            expectCreated(context, tested, exchange, sent),
          ),
      );
      return [{ ...made, large }];
    });
  });
}

/** A check for each fresh value: two resources created one after the other differ in it. */
function freshChecks(
  tested: TestedOperation,
  body: TestedBody,
  success: TestedSuccess,
  check: Make,
): Check[] {
  const sent = body.withoutKey(body.smallest[0]);
  return success.generated.map(({ pointer, rule }) => {
    const isTime = rule === "now";
    const made = check(
      `fresh-${pointer}`,
      isTime ? `${pointer} is the time of creation` : `each resource has its own ${pointer}`,
      success.media.schema ?? success.response.pointer,
      [sent, sent],
      async (context) => {
        const one = expectCreated(context, tested, await make(context, tested, sent), sent);
        if (isTime) await untilClockGoesOn(context, tested, pointer);
        return [...one, ...expectCreated(context, tested, await make(context, tested, sent), sent)];
      },
    );
    return isTime ? { ...made, phase: "last" } : made;
  });
}

function make(context: Context, tested: TestedOperation, sent: Json): Promise<Exchange> {
  return context.server.send(makeRequest(context.suite, tested, sent));
}
