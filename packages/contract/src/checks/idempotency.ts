import { randomUUID } from "node:crypto";
import { getAt, type Json } from "@dots-payouts/openapi";
import type { BrokenPromise } from "../expectations/broken-promise.ts";
import { expectCreated, expectUnauthorized, isSuccess } from "../expectations/expect-answer.ts";
import { expectReplay } from "../expectations/expect-replay.ts";
import { isAnswer } from "../http/request.ts";
import { makeRequest } from "../requests/make-request.ts";
import type { Context } from "../suite/context.ts";
import type { Suite } from "../suite/suite.ts";
import type { TestedOperation } from "../suite/tested-operation.ts";
import { insertValue } from "../values/complete.ts";
import type { Check } from "./check.ts";
import { distinctBodies } from "./distinct-bodies.ts";
import { createAtOnce, createInTurn, RACERS, raceWithOneKey, type Setup } from "./many-requests.ts";

/** How many requests with keys of their own run at once. */
const CROWD = 50;
/** How many keys come between a request and its replay. */
const BETWEEN = 10;

/** A key that has made a resource brings that resource back; without a key each request makes one. */
export function idempotencyChecks(suite: Suite, tested: TestedOperation): Check[] {
  const { operation, body, success } = tested;
  if (body === undefined || success === undefined) return [];
  const distinct = distinctBodies(tested, CROWD).map((value) => body.withoutKey(value));
  const [first, second, ...others] = distinct;
  if (first === undefined || second === undefined) return [];
  const key = operation.idempotencyKey?.pointer;
  const place = key === undefined ? operation.pointer : `${operation.pointer}/x-idempotency-key`;
  const setup: Setup = {
    suite,
    tested,
    body,
    place,
    distinct: [first, second, ...others],
    send: (context, sent) => context.server.send(makeRequest(suite, tested, sent)),
  };
  const told = success.generated.some(({ rule }) => rule !== "now");
  const checks = [...withoutKey(setup), ...(key === undefined ? foreignKey(setup) : withKey(setup, key))];
  return checks.map(([id, title, creates, run]) => ({
    id: `${operation.id}/idempotency/${id}`,
    operation: operation.id,
    group: "idempotency",
    title,
    place,
    creates,
    bodies: [first],
    ...(told
      ? {}
      : {
          unable:
            "the spec marks nothing in the answer as fresh (x-generate), so that two resources cannot be told apart",
        }),
    run,
  }));
}

type Row = readonly [id: string, title: string, creates: number, run: Check["run"]];

function withoutKey(setup: Setup): Row[] {
  const { body, distinct } = setup;
  const [one] = distinct;
  return [
    [
      "anew",
      "makes a new resource each time without a key",
      2,
      (context) => createInTurn(setup, context, [one, one]),
    ],
    [
      "crowd-anew",
      `makes a new resource for each of ${RACERS} requests at once without a key`,
      RACERS,
      (context) =>
        createAtOnce(
          setup,
          context,
          Array.from({ length: RACERS }, () => body.withoutKey(one)),
        ),
    ],
  ];
}

/** An operation without a key has none under the name that it has elsewhere. */
function foreignKey(setup: Setup): Row[] {
  const { suite, distinct, body } = setup;
  const [one] = distinct;
  const names = new Set(suite.operations.flatMap(({ operation }) => operation.idempotencyKey?.pointer ?? []));
  return [...names].flatMap((name): Row[] => {
    const sent = withProperty(one, name, randomUUID());
    if (sent === undefined || body.errors(sent).length > 0) return [];
    return [
      [
        "foreign-key",
        `has no idempotency key: ${name} of other operations means nothing`,
        2,
        (context) => createInTurn(setup, context, [sent, sent]),
      ],
    ];
  });
}

function withProperty(body: Json, pointer: string, value: Json): Json | undefined {
  const field = { pointer, parts: [], place: "", required: false, item: false };
  return pointer.lastIndexOf("/") === 0 ? insertValue(body, [field], pointer, value) : undefined;
}

function withKey(setup: Setup, pointer: string): Row[] {
  const { suite, tested, body, distinct, place, send } = setup;
  const [one, two, ...others] = distinct;
  /** Sends a body, then others, then the body that has to bring the first resource back. */
  const replay = async (
    context: Context,
    first: Json,
    between: readonly Json[],
    again: Json,
  ): Promise<BrokenPromise[]> => {
    const made = await send(context, first);
    const broken = expectCreated(context, tested, made, first);
    if (!isAnswer(made.outcome) || !isSuccess(tested, made.outcome)) return broken;
    for (const other of between) await send(context, other);
    // What is wrong with both is not wrong with the replay.
    const replayed = expectReplay(tested, place, made, await send(context, again), first);
    return replayed.length > 0 ? replayed : broken;
  };
  const keyed = (value: Json): Json => body.withKey(value, randomUUID());
  return [
    [
      "replay",
      "brings the same resource back for the same key",
      1,
      (context) => {
        const sent = keyed(one);
        return replay(context, sent, [sent], sent);
      },
    ],
    [
      "other-body",
      "brings the first resource back for the same key with another body",
      1,
      (context) => {
        const sent = keyed(one);
        return replay(context, sent, [], body.withKey(two, getAt(sent, pointer) ?? null));
      },
    ],
    [
      "later",
      `remembers a key after ${BETWEEN} others`,
      BETWEEN + 1,
      (context) => {
        const sent = keyed(one);
        return replay(context, sent, others.slice(0, BETWEEN).map(keyed), sent);
      },
    ],
    [
      "other-key",
      "makes a new resource for another key",
      2,
      (context) => createInTurn(setup, context, [keyed(one), keyed(one)]),
    ],
    [
      "near-key",
      "tells keys apart that differ in their last or in their first digit",
      3,
      (context) => {
        const key = randomUUID();
        const keys = [
          key,
          `${key.slice(0, -1)}${otherDigit(key.at(-1))}`,
          `${otherDigit(key.at(0))}${key.slice(1)}`,
        ];
        return createInTurn(
          setup,
          context,
          keys.map((value) => body.withKey(one, value)),
        );
      },
    ],
    [
      "null-key",
      "takes null for no key",
      2,
      (context) => {
        const sent = body.withKey(one, null);
        return body.errors(sent).length > 0
          ? Promise.resolve([])
          : createInTurn(setup, context, [sent, sent]);
      },
    ],
    [
      "refused",
      "burns no key for a request that was refused",
      1,
      async (context) => {
        const key = randomUUID();
        await send(context, body.withKey({}, key));
        return createInTurn(setup, context, [body.withKey(one, key)]);
      },
    ],
    [
      "unauthorized",
      "burns no key for a request without credentials",
      1,
      async (context) => {
        const key = randomUUID();
        const { authorization: _, ...request } = makeRequest(suite, tested, body.withKey(two, key));
        await context.server.send(request);
        return createInTurn(setup, context, [body.withKey(one, key)]);
      },
    ],
    [
      "stranger",
      "refuses a replay without credentials",
      1,
      async (context) => {
        const sent = keyed(one);
        const broken = await createInTurn(setup, context, [sent]);
        if (broken.length > 0 || tested.operation.security.length === 0) return broken;
        const { authorization: _, ...request } = makeRequest(suite, tested, sent);
        return expectUnauthorized(
          tested,
          await context.server.send(request),
          "a replay without credentials",
          place,
        );
      },
    ],
    [
      "race",
      `makes one resource for ${RACERS} requests at once with one key`,
      1,
      (context) => raceWithOneKey(setup, context, keyed(one)),
    ],
    [
      "crowd",
      `swaps no answers among ${CROWD} requests at once with keys of their own`,
      CROWD,
      (context) => createAtOnce(setup, context, distinct.map(keyed)),
    ],
  ];
}

function otherDigit(digit: string | undefined): string {
  return digit === "0" ? "1" : "0";
}
