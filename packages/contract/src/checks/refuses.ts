import { type Json, memoizeByObject } from "@dots-payouts/openapi";
import { expectRefusal } from "../expectations/expect-refusal.ts";
import { makeRequest } from "../requests/make-request.ts";
import { mayBeSent } from "../suite/context.ts";
import type { Suite } from "../suite/suite.ts";
import type { TestedBody } from "../suite/tested-body.ts";
import type { TestedOperation } from "../suite/tested-operation.ts";
import { invalidBodies, sampleBodies } from "../values/arbitrary.ts";
import { brokenTexts } from "../values/broken-texts.ts";
import { type Candidate, ruleBroken } from "../values/candidates.ts";
import { type Check, named, slug } from "./check.ts";
import { tryBodies, tryBody } from "./try-body.ts";

/** Random invalid requests for each operation. */
const RANDOM = 50;

/** Whatever the spec does not allow must be refused, with a documented 4xx. */
export function refusesChecks(
  suite: Suite,
  tested: TestedOperation,
  candidates: readonly Candidate[],
): Check[] {
  const { body } = tested;
  if (body === undefined) return [];
  return [
    ...candidates
      .filter(({ errors }) => errors.length > 0)
      .map((candidate) => refusesBody(tested, body, candidate)),
    ...[null, true, 1, "text", [], [body.smallest[0]]].flatMap((value) => refusesRoot(tested, body, value)),
    ...refusesTexts(suite, tested, body),
    ...refusesTypes(suite, tested, body),
    refusesRandom(suite, tested, body),
  ];
}

function head(tested: TestedOperation, name: string, words: string, place: string) {
  const { operation } = tested;
  return {
    ...named(operation.id, "refuses", slug(name), `refuses ${words}`),
    place,
    creates: 0,
  };
}

function refusesBody(tested: TestedOperation, body: TestedBody, candidate: Candidate): Check {
  const rule = ruleBroken(candidate.errors);
  return {
    ...head(tested, candidate.words, `${candidate.words}: ${rule.words}`, rule.place),
    bodies: [candidate.body],
    rules: candidate.errors.map(({ place }) => place),
    large: candidate.large,
    run: (context) =>
      tryBody(context, tested, body, candidate.body, (exchange, sent) => {
        // A smaller request may break another rule.
        return expectRefusal(tested, exchange, ruleBroken(body.errors(sent)));
      }),
  };
}

function refusesRoot(tested: TestedOperation, body: TestedBody, value: Json): Check[] {
  const errors = body.errors(value);
  if (errors.length === 0 || !body.isClear(value)) return [];
  const words = `${JSON.stringify(value)} as the body`;
  return [refusesBody(tested, body, { body: value, at: "", words, errors, large: false })];
}

const textsFor = memoizeByObject(({ smallest: [value] }: TestedBody) => brokenTexts(JSON.stringify(value)));

/** Bodies that are not JSON at all. (Any text is a form.) */
function refusesTexts(suite: Suite, tested: TestedOperation, body: TestedBody): Check[] {
  if (body.isForm) return [];
  const [value] = body.smallest;
  const place = `${tested.operation.pointer}/requestBody`;
  return textsFor(body)
    .filter(({ text }) => text !== "" || body.required)
    .map(({ name, words, text }) => ({
      ...head(tested, name, words, place),
      bodies: [value],
      async run(context) {
        const exchange = await context.server.send({ ...makeRequest(suite, tested, value), body: text });
        const words = text === "" ? "a body is required" : "the body is JSON";
        return expectRefusal(tested, exchange, { words, place, at: "" });
      },
    }));
}

/** Well-formed bodies with a content type that the operation does not have. */
function refusesTypes(suite: Suite, tested: TestedOperation, body: TestedBody): Check[] {
  const [value] = body.smallest;
  const place = `${tested.operation.pointer}/requestBody/content`;
  const known = tested.operation.requestBody?.content.map(({ type }) => type.toLowerCase()) ?? [];
  const types = [
    "text/plain",
    "application/x-www-form-urlencoded",
    "application/xml",
    "multipart/form-data; boundary=x",
    ...(body.isForm ? ["application/json"] : []),
  ];
  return types
    .filter((type) => !known.some((other) => type.startsWith(other) || other.includes("*")))
    .map((type) => ({
      ...head(tested, `content-type-${type}`, `the content type ${type}`, place),
      bodies: [value],
      async run(context) {
        const plain = makeRequest(suite, tested, value);
        const exchange = await context.server.send({
          ...plain,
          headers: { ...plain.headers, "content-type": type },
        });
        return expectRefusal(tested, exchange, {
          words: `the content type is ${known.join(" or ")}`,
          place,
          at: "",
        });
      },
    }));
}

function refusesRandom(suite: Suite, tested: TestedOperation, body: TestedBody): Check {
  return {
    ...head(tested, "random", `${RANDOM} random invalid requests`, body.schema),
    // If the smallest body may be sent, there are random ones that may be sent too.
    bodies: [body.smallest[0]],
    async run(context) {
      const bodies = invalidBodies(body.fields, (value) => body.errors(value));
      const values = sampleBodies(
        bodies,
        suite.seed ^ tested.number,
        RANDOM,
        (value) => body.isClear(value) && mayBeSent(context, tested, value),
      );
      return tryBodies(context, tested, body, values, (exchange, sent) => {
        return expectRefusal(tested, exchange, ruleBroken(body.errors(sent)));
      });
    },
  };
}
