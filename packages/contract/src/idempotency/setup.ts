import { randomUUID } from "node:crypto";
import type { Json } from "@dots-payouts/openapi";
import type { Check } from "../checks/check.ts";
import type { BrokenPromise } from "../expectations/broken-promise.ts";
import { expectCreated, isSuccess } from "../expectations/expect-answer.ts";
import { expectReplay } from "../expectations/expect-replay.ts";
import { type Exchange, isAnswer } from "../http/request.ts";
import type { Context } from "../suite/context.ts";
import type { Suite } from "../suite/suite.ts";
import type { TestedBody } from "../suite/tested-body.ts";
import type { TestedOperation } from "../suite/tested-operation.ts";
import type { TestedSuccess } from "../suite/tested-success.ts";

/** What the checks of one operation share. */
export interface Setup {
  readonly suite: Suite;
  readonly tested: TestedOperation;
  readonly body: TestedBody;
  readonly success: TestedSuccess;
  readonly place: string;
  /** Valid bodies whose answers can be told apart. None has a key. */
  readonly distinct: readonly [Json, Json, ...Json[]];
  send(context: Context, sent: Json): Promise<Exchange>;
}

/** A check, without what all checks about keys share. */
export interface KeyCheck {
  readonly id: string;
  readonly title: string;
  /** JSON Pointer to the promise, if it differs from that of keys in general. */
  readonly place?: string;
  readonly creates: number;
  readonly unable?: string | undefined;
  /** The bodies that are sent, besides the smallest one. */
  readonly bodies?: readonly Json[];
  readonly elsewhere?: NonNullable<Check["elsewhere"]>;
  readonly phase?: "last";
  run(context: Context): Promise<readonly BrokenPromise[]>;
}

/** A copy of a body with a key that was never used before. */
export function withNewKey({ body }: Setup, value: Json): Json {
  return body.withKey(value, randomUUID());
}

/** Sends a body, then others, then the body that must return the first resource. */
export async function replay(
  { tested, place, send }: Setup,
  context: Context,
  first: Json,
  between: readonly Json[],
  again: Json,
): Promise<BrokenPromise[]> {
  const made = await send(context, first);
  const broken = expectCreated(context, tested, made, first);
  if (!isAnswer(made.outcome) || !isSuccess(tested, made.outcome)) return broken;
  for (const other of between) await send(context, other);
  // Problems of both answers are not problems of the replay.
  const replayed = expectReplay(tested, place, made, await send(context, again));
  return replayed.length > 0 ? replayed : broken;
}

/** Adds when the replay was sent to problems of the replay. Problems of the answer itself are the same at any time. */
export function sayWhen(broken: readonly BrokenPromise[], when: string): BrokenPromise[] {
  return broken.map((each) =>
    each.cause.startsWith("a replay") ? { ...each, cause: `${each.cause}, ${when}` } : each,
  );
}
