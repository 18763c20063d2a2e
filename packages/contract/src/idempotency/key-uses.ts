import { randomUUID } from "node:crypto";
import type { Json } from "@dots-payouts/openapi";
import { slug } from "../checks/check.ts";
import type { BrokenPromise } from "../expectations/broken-promise.ts";
import { expectCreated, isSuccess } from "../expectations/expect-answer.ts";
import { type Exchange, isAnswer } from "../http/request.ts";
import { makeRequest } from "../requests/make-request.ts";
import type { Context } from "../suite/context.ts";
import { type Candidate, ruleBroken } from "../values/candidates.ts";
import { insertValue } from "../values/complete.ts";
import { createAtOnce, createInTurn, RACERS } from "./many-requests.ts";
import { type KeyCheck, type Setup, withNewKey } from "./setup.ts";

/** The number of combined rules whose refusals are tried with a key. */
const COMBINED = 8;

/** Without a key, each request creates a resource. */
export function withoutKey(setup: Setup): KeyCheck[] {
  const [one] = setup.distinct;
  return [
    {
      id: "keyless",
      title: "creates a new resource each time without a key",
      creates: 2,
      run: (context) => createInTurn(setup, context, [one, one]),
    },
    {
      id: "keyless-crowd",
      title: `creates a new resource for each of ${RACERS} requests at once without a key`,
      creates: RACERS,
      run: (context) =>
        createAtOnce(
          setup,
          context,
          Array.from({ length: RACERS }, () => one),
        ),
    },
  ];
}

/** An operation without a key does not have one under the name used elsewhere. */
export function foreignKey(setup: Setup): KeyCheck[] {
  const { suite, distinct, body } = setup;
  const [one] = distinct;
  const names = new Set(suite.operations.flatMap(({ operation }) => operation.idempotencyKey?.pointer ?? []));
  return [...names].flatMap((name) => {
    const sent = withProperty(one, name, randomUUID());
    if (sent === undefined || body.errors(sent).length > 0) return [];
    return [
      {
        id: "foreign-key",
        title: `has no idempotency key: ${name} of other operations means nothing`,
        creates: 2,
        run: (context: Context) => createInTurn(setup, context, [sent, sent]),
      },
    ];
  });
}

function withProperty(body: Json, pointer: string, value: Json): Json | undefined {
  const field = { pointer, parts: [], place: "", required: false, item: false };
  return pointer.lastIndexOf("/") === 0 ? insertValue(body, [field], pointer, value) : undefined;
}

/** Another key creates another resource. */
export function otherKeys(setup: Setup): KeyCheck[] {
  const { body, distinct } = setup;
  const [one] = distinct;
  return [
    {
      id: "other-key",
      title: "creates a new resource for another key",
      creates: 2,
      run: (context) => createInTurn(setup, context, [withNewKey(setup, one), withNewKey(setup, one)]),
    },
    {
      id: "near-key",
      title: "treats keys that differ in their last or first digit as different",
      creates: 3,
      run(context) {
        const key = randomUUID();
        const last = `${key.slice(0, -1)}${otherDigit(key.at(-1))}`;
        const first = `${otherDigit(key.at(0))}${key.slice(1)}`;
        const bodies = [key, last, first].map((value) => body.withKey(one, value));
        return createInTurn(setup, context, bodies);
      },
    },
    {
      id: "null-key",
      title: "treats null as no key",
      creates: 2,
      run(context) {
        const sent = body.withKey(one, null);
        return body.errors(sent).length > 0
          ? Promise.resolve([])
          : createInTurn(setup, context, [sent, sent]);
      },
    },
    {
      id: "crowd",
      title: `does not swap answers among ${distinct.length} requests at once with different keys`,
      creates: distinct.length,
      run: (context) =>
        createAtOnce(
          setup,
          context,
          distinct.map((value) => withNewKey(setup, value)),
        ),
    },
  ];
}

function otherDigit(digit: string | undefined): string {
  return digit === "0" ? "1" : "0";
}

/** A request that created nothing does not use up its key. */
export function unusedKeys(setup: Setup, candidates: readonly Candidate[]): KeyCheck[] {
  const { suite, tested, body, place, distinct, send } = setup;
  const [, two] = distinct;
  const refused = `${place}/usedByRefusal`;
  const after = (id: string, words: string, invalid: Json): KeyCheck => ({
    id,
    title: `does not use up the key of a refused request: ${words}`,
    place: refused,
    creates: 1,
    bodies: [invalid],
    async run(context) {
      const key = randomUUID();
      return expectUnused(setup, context, key, await send(context, body.withKey(invalid, key)));
    },
  });
  return [
    after("refused", "an empty body", {}),
    ...combined(candidates).map(({ body: invalid, errors }) => {
      const { words } = ruleBroken(errors);
      return after(`refused-${slug(words)}`, words, invalid);
    }),
    {
      id: "unauthorized",
      title: "does not use up the key of a request without credentials",
      place: refused,
      creates: 1,
      async run(context) {
        const key = randomUUID();
        const { authorization: _, ...request } = makeRequest(suite, tested, body.withKey(two, key));
        return expectUnused(setup, context, key, await context.server.send(request));
      },
    },
  ];
}

/** Expects that a request creates something with a key from an earlier, refused request. */
async function expectUnused(
  { tested, body, place, distinct, send }: Setup,
  context: Context,
  key: string,
  refused: Exchange,
): Promise<BrokenPromise[]> {
  // Other checks cover requests that were not refused.
  if (isAnswer(refused.outcome) && isSuccess(tested, refused.outcome)) return [];
  const sent = body.withKey(distinct[0], key);
  const exchange = await send(context, sent);
  const broken = expectCreated(context, tested, exchange, sent);
  if (!isAnswer(exchange.outcome) || isSuccess(tested, exchange.outcome)) return broken;
  const [{ refused: valid } = {}] = broken;
  return [
    {
      severity: "money",
      ...(valid === undefined ? {} : { refused: valid }),
      cause: `a refused request uses up its key: the next is answered with ${exchange.outcome.status}`,
      expected: "a refused request does not use up its key: the next one with the key is carried out",
      place: `${place}/usedByRefusal`,
      exchanges: [refused, exchange],
    },
  ];
}

/** Bodies that each break one rule across several places: servers check these late, and often by hand. */
function combined(candidates: readonly Candidate[]): Candidate[] {
  const spanning = candidates.filter(({ errors }) => {
    const rules = new Set(errors.map(({ place }) => place));
    return (
      errors.length > 0 && [...rules].every((place) => /\/(then|else|anyOf|oneOf|not|if)(\/|$)/.test(place))
    );
  });
  const byRule = Map.groupBy(spanning, ({ errors }) => ruleBroken(errors).words);
  return [...byRule.values()].flatMap(([first]) => first ?? []).slice(0, COMBINED);
}
