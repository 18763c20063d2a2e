import type { Check, Suite } from "../check.ts";
import { judgeRefusal } from "../judge.ts";
import { message } from "../messages.ts";
import { slug } from "../slug.ts";
import type { Subject } from "../subject.ts";
import { type Candidate, ruleBroken } from "../values/candidates.ts";

/** What the spec does not allow has to be refused, with a documented 4xx. */
export function refusesChecks(suite: Suite, subject: Subject, candidates: readonly Candidate[]): Check[] {
  const { body, operation } = subject;
  if (body === undefined) return [];
  return candidates
    .filter(({ faults }) => faults.length > 0)
    .map((candidate) => {
      const rule = ruleBroken(candidate.faults);
      return {
        id: `${operation.id}/refuses/${slug(candidate.words)}`,
        operation: operation.id,
        group: "refuses",
        title: `refuses ${candidate.words}: ${rule.words}`,
        place: rule.place,
        creates: 0,
        async run(context) {
          const sent = body.fresh(candidate.body);
          const exchange = await context.server.send(message(suite, subject, sent));
          const expected = `${rule.words}; anything else is refused with a documented 4xx`;
          return judgeRefusal(subject, exchange, expected, rule.place);
        },
      };
    });
}
