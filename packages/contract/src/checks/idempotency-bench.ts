import type { Json } from "@dots-payouts/openapi";
import type { Context, Violation } from "../check.ts";
import { type Exchange, isAnswer } from "../http/request.ts";
import { isSuccess, judgeCreation } from "../judge/judge-answer.ts";
import { judgeReplay } from "../judge/judge-replay.ts";
import type { Subject, SubjectBody } from "../suite/subject.ts";
import type { Suite } from "../suite/suite.ts";

/** How many requests with one key run at once. */
export const RACERS = 20;

/** What the checks of one operation share. */
export interface Bench {
  readonly suite: Suite;
  readonly subject: Subject;
  readonly body: SubjectBody;
  readonly place: string;
  /** Valid bodies that can be told apart by their answers. */
  readonly marked: readonly [Json, Json, ...Json[]];
  send(context: Context, sent: Json): Promise<Exchange>;
}

/** Judges that bodies, sent one after the other, make a resource each. */
export async function creations(
  { subject, send }: Bench,
  context: Context,
  bodies: readonly Json[],
): Promise<Violation[]> {
  const exchanges: Exchange[] = [];
  const violations: Violation[] = [];
  for (const sent of bodies) {
    const exchange = await send(context, sent);
    exchanges.push(exchange);
    violations.push(...judgeCreation(context, subject, exchange, sent));
  }
  return violations.map((violation) => ({ ...violation, exchanges }));
}

export async function crowd(
  { subject, send }: Bench,
  context: Context,
  bodies: readonly Json[],
): Promise<Violation[]> {
  const all = await Promise.all(
    bodies.map(async (sent) =>
      judgeCreation(context, subject, await send(context, sent), sent, "many requests at once"),
    ),
  );
  return all.flat();
}

/** Whoever loses the race may be told to come back: a key is only bound once its first request has succeeded. */
export async function race(
  { subject, place, send }: Bench,
  context: Context,
  sent: Json,
): Promise<Violation[]> {
  const exchanges = await Promise.all(Array.from({ length: RACERS }, () => send(context, sent)));
  const made = exchanges.filter(({ outcome }) => isAnswer(outcome) && isSuccess(subject, outcome));
  const [first, ...others] = made;
  const odd = exchanges.filter(({ outcome }) => !isAnswer(outcome) || outcome.status >= 500);
  if (first === undefined || odd.length > 0) {
    const [shown] = first === undefined ? exchanges : odd;
    return shown === undefined ? [] : judgeCreation(context, subject, shown, sent, "many requests at once");
  }
  for (const other of others) {
    const violations = judgeReplay(subject, place, first, other, sent);
    if (violations.length > 0)
      return violations.map((violation) => ({
        ...violation,
        cause: `${violation.cause}, when both come at once`,
      }));
  }
  return judgeCreation(context, subject, first, sent);
}
