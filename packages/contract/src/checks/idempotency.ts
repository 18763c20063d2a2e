import { randomUUID } from "node:crypto";
import { getAt, type Json } from "@dots-payouts/openapi";
import type { Check, Context, Suite, Violation } from "../check.ts";
import { type Exchange, isAnswer } from "../http/request.ts";
import { judgeCreation, judgeSuccess, parse } from "../judge.ts";
import { message } from "../messages.ts";
import type { Subject, SubjectBody } from "../subject.ts";
import { same } from "../values/difference.ts";

/** A key that has made a resource brings that resource back; without a key each request makes one. */
export function idempotencyChecks(suite: Suite, subject: Subject): Check[] {
  const { operation, body, success } = subject;
  if (body === undefined || success === undefined) return [];
  const key = operation.idempotencyKey;
  const place = key === undefined ? operation.pointer : `${operation.pointer}/x-idempotency-key`;
  const fresh = success.generated.filter(({ rule }) => rule !== "now");
  const check = (id: string, title: string, creates: number, run: Check["run"]): Check => ({
    id: `${operation.id}/idempotency/${id}`,
    operation: operation.id,
    group: "idempotency",
    title,
    place,
    creates,
    ...(fresh.length === 0
      ? {
          unable:
            "the spec marks no response property as fresh (x-generate), so two resources cannot be told apart",
        }
      : {}),
    run,
  });
  const send = (context: Context, sent: Json): Promise<Exchange> =>
    context.server.send(message(suite, subject, sent));

  const anew = check("anew", "makes a new resource for each request without a key", 2, async (context) => {
    const sent = body.withoutKey(body.smallest[0]);
    const one = await send(context, sent);
    const two = await send(context, sent);
    return [...judgeCreation(context, subject, one, sent), ...judgeCreation(context, subject, two, sent)];
  });
  if (key === undefined) return [anew];
  return [
    anew,
    check("replay", "brings the same resource back for the same key", 1, async (context) => {
      const sent = body.withKey(body.smallest[0], randomUUID());
      const one = await send(context, sent);
      const two = await send(context, sent);
      const first = judgeCreation(context, subject, one, sent);
      return first.length > 0 ? first : judgeReplay(subject, body, place, one, two);
    }),
    check("other-key", "makes a new resource for another key", 2, async (context) => {
      const one = body.withKey(body.smallest[0], randomUUID());
      const two = body.withKey(body.smallest[0], randomUUID());
      const first = await send(context, one);
      const second = await send(context, two);
      return [
        ...judgeCreation(context, subject, first, one),
        ...judgeCreation(context, subject, second, two),
      ];
    }),
  ];
}

/** Judges that a second answer is the resource of the first. What may change in the meantime is left aside. */
function judgeReplay(
  subject: Subject,
  _body: SubjectBody,
  place: string,
  first: Exchange,
  second: Exchange,
): Violation[] {
  const broken = judgeSuccess(subject, second);
  if (broken.length > 0) return broken.map((violation) => ({ ...violation, exchanges: [first, second] }));
  if (!isAnswer(first.outcome) || !isAnswer(second.outcome)) return [];
  if (first.outcome.status !== second.outcome.status) {
    return [
      {
        cause: `a replay is answered with ${second.outcome.status} after ${first.outcome.status}`,
        expected: "the answer to a replay is that to the first request, its status with it",
        place,
        exchanges: [first, second],
      },
    ];
  }
  const one = parse(first.outcome.body);
  const two = parse(second.outcome.body);
  if (one === undefined || two === undefined) return [];
  const other = (subject.success?.generated ?? []).find(({ pointer }) => {
    const [before, after] = [getAt(one, pointer), getAt(two, pointer)];
    return before !== undefined && after !== undefined && !same(before, after);
  });
  if (other === undefined) return [];
  return [
    {
      cause: "a replay of an idempotency key makes another resource",
      expected: `a replay brings the first resource back; ${other.pointer} was ${JSON.stringify(getAt(one, other.pointer))}, then ${JSON.stringify(getAt(two, other.pointer))}`,
      place,
      exchanges: [first, second],
    },
  ];
}
