import { getAt, type Json } from "@dots-payouts/openapi";
import type { Check } from "../check.ts";
import type { WireRequest } from "../http/request.ts";
import { judgeCreation } from "../judge/judge-answer.ts";
import { mayBeSent } from "../permissions.ts";
import { message } from "../requests/make-request.ts";
import type { Subject, SubjectBody } from "../suite/subject.ts";
import type { Suite } from "../suite/suite.ts";
import { SPAN, sampleBodies, validBodies } from "../values/arbitrary.ts";
import type { Candidate } from "../values/candidates.ts";
import { sample } from "../values/sample.ts";
import { inBatches } from "./batches.ts";
import { probe } from "./probe.ts";
import { slug } from "./slug.ts";

/** Random valid requests for each operation. */
const RANDOM = 50;
/** How many of them are under way at once. */
const BATCH = 5;

/** What the spec allows has to be accepted, and answered as documented. */
export function acceptsChecks(suite: Suite, subject: Subject, candidates: readonly Candidate[]): Check[] {
  const { body } = subject;
  if (body === undefined) return [bare(suite, subject)];
  const named = (name: string, words: string, about: string, value: Json, large = false): Check => ({
    ...head(subject, body, name, words, 1),
    bodies: [value],
    large,
    run: (context) =>
      probe(context, subject, body, value, (exchange, sent) =>
        judgeCreation(context, subject, exchange, sent, about),
      ),
  });
  return [
    ...body.media.examples.map(({ name, value }) =>
      named(`example-${name}`, `the example ${name}`, `the example ${name}`, value, hasLarge(body, value)),
    ),
    ...body.smallest.map((value, index) =>
      named(`smallest-${index + 1}`, `only what is required: ${JSON.stringify(value)}`, "", value),
    ),
    ...candidates
      .filter(({ faults }) => faults.length === 0)
      .map((candidate) =>
        named(candidate.words, candidate.words, candidate.at, candidate.body, candidate.large),
      ),
    framed(
      suite,
      subject,
      body,
      "chunked",
      "a body in chunks, without content-length",
      {},
      { framing: "chunks" },
    ),
    framed(suite, subject, body, "charset", "the content type with a charset", {
      "content-type": `${body.media.type}; charset=utf-8`,
    }),
    {
      ...head(subject, body, "random", `${RANDOM} random valid requests`, RANDOM),
      // Where the smallest body may be sent, random ones are found that may be sent too.
      bodies: [body.smallest[0]],
      async run(context) {
        const bodies = validBodies(body.fields, (value) => body.faults(value));
        const values = sampleBodies(bodies, suite.seed ^ subject.number, RANDOM, (value) =>
          mayBeSent(context, subject, value),
        );
        return inBatches(values, BATCH, (value) =>
          probe(context, subject, body, value, (exchange, sent) =>
            judgeCreation(context, subject, exchange, sent, "a random request"),
          ),
        );
      },
    },
  ];
}

/** Whether a body has a number in it far above the smallest that is allowed there. */
function hasLarge(body: SubjectBody, value: Json): boolean {
  return body.fields.some(({ pointer, parts }) => {
    const [number, least] = [getAt(value, pointer), sample(parts)];
    return typeof number === "number" && typeof least === "number" && number > least + SPAN;
  });
}

function head(subject: Subject, body: SubjectBody | undefined, name: string, words: string, creates: number) {
  const { operation } = subject;
  return {
    id: `${operation.id}/accepts/${slug(name)}`,
    operation: operation.id,
    group: "accepts" as const,
    title: `accepts ${words}`,
    place: body?.schema ?? operation.pointer,
    creates,
  };
}

function bare(suite: Suite, subject: Subject): Check {
  return {
    ...head(subject, undefined, "bare", "a request without a body", 1),
    async run(context) {
      const exchange = await context.server.send(message(suite, subject));
      return judgeCreation(context, subject, exchange, undefined);
    },
  };
}

function framed(
  suite: Suite,
  subject: Subject,
  body: SubjectBody,
  name: string,
  words: string,
  headers: Record<string, string>,
  framing: Pick<WireRequest, "framing"> = {},
): Check {
  const [value] = body.smallest;
  return {
    ...head(subject, body, name, words, 1),
    bodies: [value],
    async run(context) {
      const plain = message(suite, subject, value);
      const exchange = await context.server.send({
        ...plain,
        ...framing,
        headers: { ...plain.headers, ...headers },
      });
      return judgeCreation(context, subject, exchange, value, words);
    },
  };
}
