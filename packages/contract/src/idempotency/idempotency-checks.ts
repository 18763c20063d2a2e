import { type Check, named } from "../checks/check.ts";
import { makeRequest } from "../requests/make-request.ts";
import type { Suite } from "../suite/suite.ts";
import type { TestedOperation } from "../suite/tested-operation.ts";
import type { Candidate } from "../values/candidates.ts";
import { distinctBodies } from "./distinct-bodies.ts";
import { keyMemory } from "./key-memory.ts";
import { keyReplays } from "./key-replays.ts";
import { keyScopes } from "./key-scopes.ts";
import { foreignKey, otherKeys, unusedKeys, withoutKey } from "./key-uses.ts";
import type { Setup } from "./setup.ts";

const INDISTINGUISHABLE =
  "the spec marks nothing in the answer as fresh (x-generate), so two resources cannot be told apart";

/** A key that has created a resource returns that resource; without a key, each request creates one. */
export function idempotencyChecks(
  suite: Suite,
  tested: TestedOperation,
  candidates: readonly Candidate[],
): Check[] {
  const { operation, body, success } = tested;
  if (body === undefined || success === undefined) return [];
  const [first, second, ...others] = distinctBodies(tested).map((value) => body.withoutKey(value));
  if (first === undefined || second === undefined) return [];
  const key = operation.idempotencyKey?.pointer;
  const place = key === undefined ? operation.pointer : `${operation.pointer}/x-idempotency-key`;
  const setup: Setup = {
    suite,
    tested,
    body,
    success,
    place,
    distinct: [first, second, ...others],
    send: (context, sent) => context.server.send(makeRequest(suite, tested, sent)),
  };
  const distinguishable = success.generated.some(({ rule }) => rule !== "now");
  const checks = [
    ...withoutKey(setup),
    ...(key === undefined
      ? foreignKey(setup)
      : [
          ...keyReplays(setup, key),
          ...otherKeys(setup),
          ...unusedKeys(setup, candidates),
          ...keyScopes(setup),
          ...keyMemory(setup),
        ]),
  ];
  return checks.map(({ unable: reason, bodies = [], ...check }) => {
    const unable = distinguishable ? reason : INDISTINGUISHABLE;
    return {
      place,
      ...check,
      ...named(operation.id, "idempotency", check.id, check.title),
      bodies: [first, ...bodies],
      ...(unable === undefined ? {} : { unable }),
    };
  });
}
