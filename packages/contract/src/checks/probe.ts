import type { Json } from "@dots-payouts/openapi";
import type { Context, Violation } from "../check.ts";
import type { Exchange } from "../http/request.ts";
import { message } from "../requests/make-request.ts";
import type { Subject, SubjectBody } from "../suite/subject.ts";

/** Sends a body, with a fresh idempotency key where it has one, and judges the answer. */
export async function probe(
  context: Context,
  subject: Subject,
  body: SubjectBody,
  value: Json,
  judge: (exchange: Exchange, sent: Json) => readonly Violation[],
): Promise<Violation[]> {
  const sent = body.fresh(value);
  const exchange = await context.server.send(message(context.suite, subject, sent));
  return judge(exchange, sent).map((violation) => ({
    ...violation,
    again: {
      body: value,
      faults: (other) => body.faults(other),
      send: (other) => probe(context, subject, body, other, judge),
    },
  }));
}
