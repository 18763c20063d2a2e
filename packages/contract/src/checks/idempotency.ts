import { randomUUID } from "node:crypto";
import { getAt, type Json } from "@dots-payouts/openapi";
import type { Check, Context, Violation } from "../check.ts";
import { isAnswer } from "../http/request.ts";
import { isSuccess, judgeCreation, judgeUnauthorized } from "../judge/judge-answer.ts";
import { judgeReplay } from "../judge/judge-replay.ts";
import { message } from "../requests/make-request.ts";
import type { Subject } from "../suite/subject.ts";
import type { Suite } from "../suite/suite.ts";
import { insertValue } from "../values/complete.ts";
import { type Bench, creations, crowd, RACERS, race } from "./idempotency-bench.ts";
import { markedBodies } from "./marked-bodies.ts";

/** How many requests with keys of their own run at once. */
const CROWD = 50;
/** How many keys come between a request and its replay. */
const BETWEEN = 10;

/** A key that has made a resource brings that resource back; without a key each request makes one. */
export function idempotencyChecks(suite: Suite, subject: Subject): Check[] {
  const { operation, body, success } = subject;
  if (body === undefined || success === undefined) return [];
  const marked = markedBodies(subject, CROWD).map((value) => body.withoutKey(value));
  const [first, second, ...others] = marked;
  if (first === undefined || second === undefined) return [];
  const key = operation.idempotencyKey?.pointer;
  const place = key === undefined ? operation.pointer : `${operation.pointer}/x-idempotency-key`;
  const bench: Bench = {
    suite,
    subject,
    body,
    place,
    marked: [first, second, ...others],
    send: (context, sent) => context.server.send(message(suite, subject, sent)),
  };
  const told = success.generated.some(({ rule }) => rule !== "now");
  const checks = [...withoutKey(bench), ...(key === undefined ? foreignKey(bench) : withKey(bench, key))];
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

function withoutKey(bench: Bench): Row[] {
  const { body, marked } = bench;
  const [one] = marked;
  return [
    [
      "anew",
      "makes a new resource each time without a key",
      2,
      (context) => creations(bench, context, [one, one]),
    ],
    [
      "crowd-anew",
      `makes a new resource for each of ${RACERS} requests at once without a key`,
      RACERS,
      (context) =>
        crowd(
          bench,
          context,
          Array.from({ length: RACERS }, () => body.withoutKey(one)),
        ),
    ],
  ];
}

/** An operation without a key has none under the name that it has elsewhere. */
function foreignKey(bench: Bench): Row[] {
  const { suite, marked, body } = bench;
  const [one] = marked;
  const names = new Set(suite.subjects.flatMap(({ operation }) => operation.idempotencyKey?.pointer ?? []));
  return [...names].flatMap((name): Row[] => {
    const sent = withProperty(one, name, randomUUID());
    if (sent === undefined || body.faults(sent).length > 0) return [];
    return [
      [
        "foreign-key",
        `has no idempotency key: ${name} of other operations means nothing`,
        2,
        (context) => creations(bench, context, [sent, sent]),
      ],
    ];
  });
}

function withProperty(body: Json, pointer: string, value: Json): Json | undefined {
  const field = { pointer, parts: [], place: "", required: false, item: false };
  return pointer.lastIndexOf("/") === 0 ? insertValue(body, [field], pointer, value) : undefined;
}

function withKey(bench: Bench, pointer: string): Row[] {
  const { suite, subject, body, marked, place, send } = bench;
  const [one, two, ...others] = marked;
  /** Sends a body, then others, then the body that has to bring the first resource back. */
  const replay = async (
    context: Context,
    first: Json,
    between: readonly Json[],
    again: Json,
  ): Promise<Violation[]> => {
    const made = await send(context, first);
    const broken = judgeCreation(context, subject, made, first);
    if (!isAnswer(made.outcome) || !isSuccess(subject, made.outcome)) return broken;
    for (const other of between) await send(context, other);
    // What is wrong with both is not wrong with the replay.
    const replayed = judgeReplay(subject, place, made, await send(context, again), first);
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
      (context) => creations(bench, context, [keyed(one), keyed(one)]),
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
        return creations(
          bench,
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
        return body.faults(sent).length > 0 ? Promise.resolve([]) : creations(bench, context, [sent, sent]);
      },
    ],
    [
      "refused",
      "burns no key for a request that was refused",
      1,
      async (context) => {
        const key = randomUUID();
        await send(context, body.withKey({}, key));
        return creations(bench, context, [body.withKey(one, key)]);
      },
    ],
    [
      "unauthorized",
      "burns no key for a request without credentials",
      1,
      async (context) => {
        const key = randomUUID();
        const { authorization: _, ...request } = message(suite, subject, body.withKey(two, key));
        await context.server.send(request);
        return creations(bench, context, [body.withKey(one, key)]);
      },
    ],
    [
      "stranger",
      "refuses a replay without credentials",
      1,
      async (context) => {
        const sent = keyed(one);
        const broken = await creations(bench, context, [sent]);
        if (broken.length > 0 || subject.operation.security.length === 0) return broken;
        const { authorization: _, ...request } = message(suite, subject, sent);
        return judgeUnauthorized(
          subject,
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
      (context) => race(bench, context, keyed(one)),
    ],
    [
      "crowd",
      `swaps no answers among ${CROWD} requests at once with keys of their own`,
      CROWD,
      (context) => crowd(bench, context, marked.map(keyed)),
    ],
  ];
}

function otherDigit(digit: string | undefined): string {
  return digit === "0" ? "1" : "0";
}
