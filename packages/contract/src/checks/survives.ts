import { getAt, parsePointer, typesOf } from "@dots-payouts/openapi";
import type { BrokenPromise } from "../expectations/broken-promise.ts";
import { expectAlive } from "../expectations/expect-alive.ts";
import { type Exchange, isAnswer, parseJson, type WireRequest } from "../http/request.ts";
import { makeRequest } from "../requests/make-request.ts";
import type { Context } from "../suite/context.ts";
import type { Suite } from "../suite/suite.ts";
import type { TestedOperation } from "../suite/tested-operation.ts";
import { hardBodies } from "../values/hard-bodies.ts";
import { hardPathValues } from "../values/hard-path-values.ts";
import { type Check, named } from "./check.ts";
import { undocumentedChecks } from "./undocumented.ts";

/** Whatever it receives, the server answers, without a 5xx and without internals, and keeps answering. */
export function survivesChecks(suite: Suite, tested: TestedOperation): Check[] {
  return [
    ...(tested.body === undefined || tested.body.isForm ? [] : hardChecks(suite, tested)),
    ...pathChecks(suite, tested),
    ...undocumentedChecks(suite, tested),
  ];
}

function hardChecks(suite: Suite, tested: TestedOperation): Check[] {
  const { body } = tested;
  if (body === undefined) return [];
  const [smallest] = body.smallest;
  const number = body.fields.find(
    ({ parts, pointer }) => isNumber(typesOf(parts)) && getAt(smallest, pointer) !== undefined,
  );
  const text = body.fields.find(
    ({ parts, pointer }) =>
      parsePointer(pointer).length === 1 &&
      typesOf(parts)?.join() === "string" &&
      parts.every((part) => part["enum"] === undefined && part["format"] === undefined),
  );
  return hardBodies(smallest, number?.pointer, text?.pointer).map(
    ({ id, words, bytes, headers = {}, framing, large = false, number: sent }): Check => ({
      ...named(tested.operation.id, "survives", id, `survives ${words}`),
      place: tested.operation.pointer,
      creates: 1,
      bodies: [smallest],
      large,
      async run(context) {
        const plain = makeRequest(suite, tested, smallest);
        const request: WireRequest = {
          ...plain,
          body: bytes(),
          headers: { ...plain.headers, ...headers },
          ...(framing === undefined ? {} : { framing }),
        };
        const exchange = await context.server.send(request);
        const alive = framing === "aborted" ? [] : expectAlive(tested, exchange, words);
        const broken = alive.length > 0 ? alive : expectKept(tested, exchange, number?.pointer, sent, words);
        return broken.length > 0 ? broken : answersStill(context, suite, tested, exchange, words);
      },
    }),
  );
}

function isNumber(types: readonly string[] | undefined): boolean {
  return types?.some((type) => type === "integer" || type === "number") === true;
}

/** Expects that a number beyond any range is kept if it is accepted: otherwise another amount, or none, was stored. */
function expectKept(
  tested: TestedOperation,
  exchange: Exchange,
  pointer: string | undefined,
  sent: number | undefined,
  words: string,
): BrokenPromise[] {
  const { outcome } = exchange;
  if (sent === undefined || !isAnswer(outcome)) return [];
  const success = tested.successAt(outcome.status);
  const answer = parseJson(outcome.body) ?? null;
  return (success?.echo ?? []).flatMap(({ request, response }): BrokenPromise[] => {
    const came = getAt(answer, response);
    if (request !== pointer || came === sent) return [];
    return [
      {
        severity: tested.showsMoney(response) ? "money" : "data",
        cause: `${words} at ${request} is accepted, but ${response} is ${JSON.stringify(came) ?? "missing"}`,
        expected: `${words} is refused, or returned as it was sent`,
        place: `${success?.response.pointer ?? tested.operation.pointer}/x-echo`,
        name: response,
        exchanges: [exchange],
      },
    ];
  });
}

/** Expects that the server still answers. The request creates nothing. */
async function answersStill(
  context: Context,
  suite: Suite,
  tested: TestedOperation,
  before: Exchange,
  words: string,
): Promise<BrokenPromise[]> {
  const { authorization: _, ...request } = makeRequest(suite, tested, {});
  const after = await context.server.send(request);
  if (isAnswer(after.outcome)) return [];
  const cause = `no more answers after ${words}`;
  return [
    {
      severity: "security",
      cause,
      expected: `the server keeps answering after ${words}`,
      place: tested.operation.pointer,
      exchanges: [before, after],
    },
  ];
}

/** Placeholder for a path value that cannot be written as text. */
const MARK = "contract-suite-value";

/** Hard values of the last parameter in the path. */
function pathChecks(suite: Suite, tested: TestedOperation): Check[] {
  const { operation } = tested;
  const parameter = operation.parameters.filter((each) => each.in === "path").at(-1);
  if (parameter === undefined) return [];
  return hardPathValues.map(({ id, words, segment }) => ({
    ...named(operation.id, "survives", id, `survives ${words}`),
    place: operation.pointer,
    creates: 0,
    async run({ server }) {
      const request = makeRequest(suite, tested, tested.body?.smallest[0], { [parameter.name]: MARK });
      const exchange = await server.send({ ...request, path: request.path.replace(MARK, segment) });
      const broken = expectAlive(tested, exchange, words);
      return broken.length > 0 ? broken : expectNothingNamed(tested, exchange, words);
    },
  }));
}

/** Expects that an invalid ID finds no resource. */
function expectNothingNamed(tested: TestedOperation, exchange: Exchange, words: string): BrokenPromise[] {
  const { outcome } = exchange;
  const { resource, pointer } = tested.operation;
  if (resource === undefined || resource.does === "create" || resource.does === "list") return [];
  if (!isAnswer(outcome) || outcome.status >= 300) return [];
  return [
    {
      severity: "security",
      cause: `a resource is found by ${words}`,
      broader: { cause: "an invalid ID finds a resource", from: "many" },
      expected: `${words} finds nothing`,
      place: pointer,
      exchanges: [exchange],
    },
  ];
}
