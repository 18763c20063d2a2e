import type { Json } from "@dots-payouts/openapi";
import type { Check } from "../check.ts";
import { judgeRefusal } from "../judge/judge-answer.ts";
import { mayBeSent } from "../permissions.ts";
import { message } from "../requests/make-request.ts";
import type { Subject, SubjectBody } from "../suite/subject.ts";
import type { Suite } from "../suite/suite.ts";
import { invalidBodies, sampleBodies } from "../values/arbitrary.ts";
import { brokenTexts } from "../values/broken-texts.ts";
import { type Candidate, ruleBroken } from "../values/candidates.ts";
import { inBatches } from "./batches.ts";
import { probe } from "./probe.ts";
import { slug } from "./slug.ts";

/** Random invalid requests for each operation. */
const RANDOM = 50;
/** How many of them are under way at once. */
const BATCH = 5;

/** What the spec does not allow has to be refused, with a documented 4xx. */
export function refusesChecks(suite: Suite, subject: Subject, candidates: readonly Candidate[]): Check[] {
  const { body } = subject;
  if (body === undefined) return [];
  return [
    ...candidates
      .filter(({ faults }) => faults.length > 0)
      .map((candidate) => refusesBody(subject, body, candidate)),
    ...[null, true, 1, "text", [], [body.smallest[0]]].flatMap((value) => refusesRoot(subject, body, value)),
    ...refusesTexts(suite, subject, body),
    ...refusesTypes(suite, subject, body),
    refusesRandom(suite, subject, body),
  ];
}

function head(subject: Subject, name: string, words: string, place: string) {
  const { operation } = subject;
  return {
    id: `${operation.id}/refuses/${slug(name)}`,
    operation: operation.id,
    group: "refuses" as const,
    title: `refuses ${words}`,
    place,
    creates: 0,
  };
}

function refusesBody(subject: Subject, body: SubjectBody, candidate: Candidate): Check {
  const rule = ruleBroken(candidate.faults);
  return {
    ...head(subject, candidate.words, `${candidate.words}: ${rule.words}`, rule.place),
    bodies: [candidate.body],
    rules: candidate.faults.map(({ place }) => place),
    large: candidate.large,
    run: (context) =>
      probe(context, subject, body, candidate.body, (exchange, sent) => {
        // A smaller request may break another rule.
        const broken = ruleBroken(body.faults(sent));
        return judgeRefusal(subject, exchange, broken.words, broken.place);
      }),
  };
}

function refusesRoot(subject: Subject, body: SubjectBody, value: Json): Check[] {
  const faults = body.faults(value);
  if (faults.length === 0) return [];
  const words = `${JSON.stringify(value)} as the body`;
  return [refusesBody(subject, body, { body: value, at: "", words, faults, large: false })];
}

/** Bodies that are no JSON at all. */
function refusesTexts(suite: Suite, subject: Subject, body: SubjectBody): Check[] {
  const [value] = body.smallest;
  const place = `${subject.operation.pointer}/requestBody`;
  return brokenTexts(JSON.stringify(value))
    .filter(({ text }) => text !== "" || body.required)
    .map(({ name, words, text }) => ({
      ...head(subject, name, words, place),
      bodies: [value],
      async run(context) {
        const exchange = await context.server.send({ ...message(suite, subject, value), body: text });
        return judgeRefusal(
          subject,
          exchange,
          text === "" ? "a body is required" : "the body is JSON",
          place,
        );
      },
    }));
}

/** Bodies that are well-formed, under a content type that the operation does not have. */
function refusesTypes(suite: Suite, subject: Subject, body: SubjectBody): Check[] {
  const [value] = body.smallest;
  const place = `${subject.operation.pointer}/requestBody/content`;
  const known = subject.operation.requestBody?.content.map(({ type }) => type.toLowerCase()) ?? [];
  const types = [
    "text/plain",
    "application/x-www-form-urlencoded",
    "application/xml",
    "multipart/form-data; boundary=x",
  ];
  return types
    .filter((type) => !known.some((other) => type.startsWith(other) || other.includes("*")))
    .map((type) => ({
      ...head(subject, `content-type-${type}`, `the content type ${type}`, place),
      bodies: [value],
      async run(context) {
        const plain = message(suite, subject, value);
        const exchange = await context.server.send({
          ...plain,
          headers: { ...plain.headers, "content-type": type },
        });
        return judgeRefusal(subject, exchange, `the content type is ${known.join(" or ")}`, place);
      },
    }));
}

function refusesRandom(suite: Suite, subject: Subject, body: SubjectBody): Check {
  return {
    ...head(subject, "random", `${RANDOM} random invalid requests`, body.schema),
    // Where the smallest body may be sent, random ones are found that may be sent too.
    bodies: [body.smallest[0]],
    async run(context) {
      const bodies = invalidBodies(body.fields, (value) => body.faults(value));
      const values = sampleBodies(bodies, suite.seed ^ subject.number, RANDOM, (value) =>
        mayBeSent(context, subject, value),
      );
      return inBatches(values, BATCH, (value) =>
        probe(context, subject, body, value, (exchange, sent) => {
          const rule = ruleBroken(body.faults(sent));
          return judgeRefusal(subject, exchange, rule.words, rule.place);
        }),
      );
    },
  };
}
