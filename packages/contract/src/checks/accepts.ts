import { getAt, type Json, memoizeByObject } from "@dots-payouts/openapi";
import { expectCreated } from "../expectations/expect-answer.ts";
import type { Exchange, WireRequest } from "../http/request.ts";
import { makeRequest } from "../requests/make-request.ts";
import { mayBeSent } from "../suite/context.ts";
import type { Suite } from "../suite/suite.ts";
import type { TestedBody } from "../suite/tested-body.ts";
import type { TestedOperation } from "../suite/tested-operation.ts";
import { SPAN, sampleBodies, validBodies } from "../values/arbitrary.ts";
import type { Candidate } from "../values/candidates.ts";
import { bodyWith, withoutRisks } from "../values/changed-body.ts";
import { replaceAt } from "../values/fields.ts";
import { withRaw } from "../values/raw-json.ts";
import { sample } from "../values/sample.ts";
import { acceptsQueries } from "./accepts-queries.ts";
import { type Check, named, slug } from "./check.ts";
import { tryBodies, tryBody } from "./try-body.ts";

/** Random valid requests for each operation. */
const RANDOM = 50;

/** Whatever the spec allows must be accepted, and answered as documented. */
export function acceptsChecks(
  suite: Suite,
  tested: TestedOperation,
  candidates: readonly Candidate[],
): Check[] {
  const { body } = tested;
  const queries = acceptsQueries(suite, tested);
  if (body === undefined) return [bare(suite, tested), ...queries];
  const named = (name: string, words: string, about: string, value: Json, large = false): Check => ({
    ...head(tested, body, name, words, 1),
    bodies: [value],
    large,
    run: (context) =>
      tryBody(context, tested, body, value, (exchange, sent) =>
        expectCreated(context, tested, exchange, sent, about),
      ),
  });
  return [
    ...queries,
    ...body.media.examples.flatMap(({ name, value }) =>
      // An example that breaks its own schema is an error in the spec, and no server has to accept it.
      body.errors(value).length > 0 || !body.isClear(value)
        ? []
        : [
            named(
              `example-${name}`,
              `the example ${name}`,
              `the example ${name}`,
              value,
              hasLarge(body, value),
            ),
          ],
    ),
    ...body.smallest.map((value, index) =>
      named(`smallest-${index + 1}`, `only what is required: ${JSON.stringify(value)}`, "", value),
    ),
    ...candidates
      .filter(({ errors }) => errors.length === 0)
      .map((candidate) =>
        named(candidate.words, candidate.words, candidate.at, candidate.body, candidate.large),
      ),
    ...[...suite.given].flatMap(([pointer, values]) =>
      values.flatMap((value, index) => {
        const whole = body.bodyWithGiven(pointer, value);
        const words = `the given ${pointer} = ${JSON.stringify(value)}`;
        return whole === undefined ? [] : [named(`given${pointer}-${index + 1}`, words, pointer, whole)];
      }),
    ),
    ...numberForms(suite, tested, body),
    framed(
      suite,
      tested,
      body,
      "chunked",
      "a body in chunks, without content-length",
      {},
      { framing: "chunks" },
    ),
    framed(suite, tested, body, "charset", "the content type with a charset", {
      "content-type": `${body.media.type}; charset=utf-8`,
    }),
    {
      ...head(tested, body, "random", `${RANDOM} random valid requests`, RANDOM),
      // If the smallest body may be sent, there are random ones that may be sent too.
      bodies: [body.smallest[0]],
      async run(context) {
        const bodies = validBodies(body.fields, (value) => body.errors(value));
        const values = sampleBodies(
          bodies,
          suite.seed ^ tested.number,
          RANDOM,
          (value) => body.isClear(value) && mayBeSent(context, tested, value),
        );
        const expect = (exchange: Exchange, sent: Json) =>
          expectCreated(context, tested, exchange, sent, "a random request");
        const broken = await tryBodies(context, tested, body, values, expect);
        // A random request may be refused for a value that the server cannot know, or for something it shares with
        // others.
        const plain = broken.flatMap(({ refused }) =>
          refused === undefined ? [] : (withoutRisks(body, refused) ?? []),
        );
        return [...broken, ...(await tryBodies(context, tested, body, plain, expect))];
      },
    },
  ];
}

/** An integer may be written with a fraction of zero, or with an exponent (JSON Schema, Validation §6.1.1). */
function numberForms(suite: Suite, tested: TestedOperation, body: TestedBody): Check[] {
  const [smallest] = body.smallest;
  if (body.isForm) return [];
  return body.fields.flatMap(({ pointer, parts }): Check[] => {
    const least = sample(parts);
    const from = typeof least === "number" ? bodyWith(body, smallest, pointer) : undefined;
    if (typeof least !== "number" || from === undefined) return [];
    const forms: [string, number][] = [
      // A number with a fraction or an exponent has its own other form.
      ...(Number.isSafeInteger(least) ? [[`${least}.0`, least] as [string, number]] : []),
      [`${least}e1`, least * 10],
    ];
    return forms.flatMap(([raw, value]): Check[] => {
      const sent = replaceAt(from, pointer, value);
      if (body.errors(sent).length > 0) return [];
      return [
        {
          ...head(tested, body, `${pointer}-${raw}`, `${pointer} = ${value}, written as ${raw}`, 1),
          bodies: [sent],
          async run(context) {
            const request = { ...makeRequest(suite, tested, sent), body: withRaw(sent, pointer, raw) };
            const exchange = await context.server.send(request);
            return expectCreated(context, tested, exchange, sent, `${pointer} written as ${raw}`);
          },
        },
      ];
    });
  });
}

/** Whether a body has a number in it far above the smallest that is allowed there. */
function hasLarge(body: TestedBody, value: Json): boolean {
  return leastNumbers(body).some(({ pointer, least }) => {
    const number = getAt(value, pointer);
    return typeof number === "number" && number > least + SPAN;
  });
}

const leastNumbers = memoizeByObject(({ fields }: TestedBody) =>
  fields.flatMap(({ pointer, parts }) => {
    const least = sample(parts);
    return typeof least === "number" ? [{ pointer, least }] : [];
  }),
);

function head(
  tested: TestedOperation,
  body: TestedBody | undefined,
  name: string,
  words: string,
  creates: number,
) {
  const { operation } = tested;
  return {
    ...named(operation.id, "accepts", slug(name), `accepts ${words}`),
    place: body?.schema ?? operation.pointer,
    creates,
  };
}

function bare(suite: Suite, tested: TestedOperation): Check {
  return {
    ...head(tested, undefined, "bare", "a request without a body", 1),
    async run(context) {
      const exchange = await context.server.send(makeRequest(suite, tested));
      return expectCreated(context, tested, exchange, undefined);
    },
  };
}

function framed(
  suite: Suite,
  tested: TestedOperation,
  body: TestedBody,
  name: string,
  words: string,
  headers: Record<string, string>,
  framing: Pick<WireRequest, "framing"> = {},
): Check {
  const [value] = body.smallest;
  return {
    ...head(tested, body, name, words, 1),
    bodies: [value],
    async run(context) {
      const plain = makeRequest(suite, tested, value);
      const exchange = await context.server.send({
        ...plain,
        ...framing,
        headers: { ...plain.headers, ...headers },
      });
      return expectCreated(context, tested, exchange, value, words);
    },
  };
}
