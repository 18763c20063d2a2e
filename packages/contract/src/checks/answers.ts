import type { Json } from "@dots-payouts/openapi";
import type { Check, Context } from "../check.ts";
import type { Exchange } from "../http/request.ts";
import { judgeCreation, judgeRefusal, judgeUnauthorized } from "../judge/judge-answer.ts";
import { message } from "../requests/make-request.ts";
import type { Subject, SubjectBody, SubjectSuccess } from "../suite/subject.ts";
import type { Suite } from "../suite/suite.ts";
import { complete, insertValue } from "../values/complete.ts";
import { sample, typesOf } from "../values/sample.ts";
import { probe } from "./probe.ts";
import { slug } from "./slug.ts";

/** What comes back is as documented, and is about what was sent. */
export function answersChecks(suite: Suite, subject: Subject): Check[] {
  const { operation, body, success } = subject;
  if (body === undefined) return [];
  const check = (
    id: string,
    title: string,
    place: string,
    bodies: readonly Json[],
    run: Check["run"],
  ): Check => ({
    id: `${operation.id}/answers/${slug(id)}`,
    operation: operation.id,
    group: "answers",
    title,
    place,
    creates: bodies.length,
    bodies,
    run,
  });
  const [smallest] = body.smallest;
  return [
    ...(success === undefined
      ? []
      : [...echoChecks(subject, body, success, check), ...freshChecks(subject, body, success, check)]),
    check("refusal", "answers an invalid request as documented", operation.pointer, [], (context) =>
      body.faults({}).length === 0
        ? Promise.resolve([])
        : probe(context, subject, body, {}, (exchange) =>
            judgeRefusal(subject, exchange, "a required property is there", operation.pointer),
          ),
    ),
    ...(operation.security.some((schemes) => schemes.length === 0) ||
    message(suite, subject).authorization === undefined
      ? []
      : [
          check(
            "unauthorized",
            "answers a request without credentials as documented",
            operation.pointer,
            [],
            async (context) => {
              const { authorization: _, ...request } = message(suite, subject, smallest);
              const exchange = await context.server.send(request);
              return judgeUnauthorized(subject, exchange, "no credentials", operation.pointer);
            },
          ),
        ]),
  ];
}

type Make = (id: string, title: string, place: string, bodies: readonly Json[], run: Check["run"]) => Check;

/** A check for each place that comes back, and one for the largest exact number. */
function echoChecks(subject: Subject, body: SubjectBody, success: SubjectSuccess, check: Make): Check[] {
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
        started === undefined ? undefined : complete(started, body.fields, (other) => body.faults(other));
      if (whole === undefined) return [];
      const title = large
        ? `gives a large number at ${request} back to its last digit`
        : `gives ${request} back at ${response}`;
      const made = check(
        `echo-${response}${suffix}`,
        title,
        `${success.response.pointer}/x-echo`,
        [whole],
        (context) =>
          probe(context, subject, body, whole, (exchange, sent) =>
            judgeCreation(context, subject, exchange, sent),
          ),
      );
      return [{ ...made, large }];
    });
  });
}

/** A check for each fresh value: two resources that are made one after the other differ in it. */
function freshChecks(subject: Subject, body: SubjectBody, success: SubjectSuccess, check: Make): Check[] {
  const sent = body.withoutKey(body.smallest[0]);
  return success.generated.map(({ pointer, rule }) =>
    check(
      `fresh-${pointer}`,
      rule === "now" ? `${pointer} is the time of creation` : `each resource has a ${pointer} of its own`,
      success.media.schema ?? success.response.pointer,
      [sent, sent],
      async (context) => {
        const one = await make(context, subject, sent);
        const two = await make(context, subject, sent);
        return [...judgeCreation(context, subject, one, sent), ...judgeCreation(context, subject, two, sent)];
      },
    ),
  );
}

function make(context: Context, subject: Subject, sent: Json): Promise<Exchange> {
  return context.server.send(message(context.suite, subject, sent));
}
