import type { Json } from "@dots-payouts/openapi";
import type { Check, Suite } from "../check.ts";
import { judgeCreation } from "../judge.ts";
import { message } from "../messages.ts";
import { slug } from "../slug.ts";
import type { Subject, SubjectBody } from "../subject.ts";
import type { Candidate } from "../values/candidates.ts";

/** What the spec allows has to be accepted, and answered as documented. */
export function acceptsChecks(suite: Suite, subject: Subject, candidates: readonly Candidate[]): Check[] {
  const { body } = subject;
  if (body === undefined) return [accepts(suite, subject, undefined, "smallest", "a request without a body")];
  return [
    ...body.media.examples.map((example) =>
      accepts(suite, subject, example.value, `example-${example.name}`, `the example ${example.name}`, body),
    ),
    ...body.smallest.map((smallest, index) =>
      accepts(
        suite,
        subject,
        smallest,
        `smallest-${index + 1}`,
        `only what is required: ${JSON.stringify(smallest)}`,
        body,
      ),
    ),
    ...candidates
      .filter(({ faults }) => faults.length === 0)
      .map((candidate) => accepts(suite, subject, candidate.body, candidate.words, candidate.words, body)),
  ];
}

function accepts(
  suite: Suite,
  subject: Subject,
  value: Json | undefined,
  name: string,
  words: string,
  body?: SubjectBody,
): Check {
  const { operation } = subject;
  return {
    id: `${operation.id}/accepts/${slug(name)}`,
    operation: operation.id,
    group: "accepts",
    title: `accepts ${words}`,
    place: body?.schema ?? operation.pointer,
    creates: 1,
    async run(context) {
      const sent = value === undefined || body === undefined ? undefined : body.fresh(value);
      const exchange = await context.server.send(message(suite, subject, sent));
      return judgeCreation(context, subject, exchange, sent);
    },
  };
}
