import { randomUUID } from "node:crypto";
import { getAt } from "@dots-payouts/openapi";
import type { BrokenPromise } from "../expectations/broken-promise.ts";
import { expectCreated, isMade } from "../expectations/expect-answer.ts";
import { type Exchange, isAnswer, parseJson } from "../http/request.ts";
import { makeRequest } from "../requests/make-request.ts";
import type { Context } from "../suite/context.ts";
import { createInTurn } from "./many-requests.ts";
import { type KeyCheck, replay, type Setup, sayWhen, withNewKey } from "./setup.ts";

/** The same key creates another resource for another account, and in another operation. */
export function keyScopes(setup: Setup): KeyCheck[] {
  const { scope = [] } = setup.tested.operation.idempotencyKey ?? {};
  return [
    ...(scope.includes("client") ? [otherAccount(setup)] : []),
    ...(scope.includes("operation") ? otherOperation(setup) : []),
    letterCase(setup),
  ];
}

function otherAccount(setup: Setup): KeyCheck {
  const { suite, tested, place, distinct, send } = setup;
  const { second } = suite;
  return {
    id: "scope-client",
    title: "creates a new resource for the key of another account",
    place: `${place}/scope`,
    creates: 2,
    unable: second === undefined ? "no second account was given (--second-username)" : undefined,
    async run(context) {
      const sent = withNewKey(setup, distinct[0]);
      const first = await send(context, sent);
      if (!isMade(tested, first)) return expectCreated(context, tested, first, sent);
      const request = makeRequest({ ...suite, credentials: second ?? suite.credentials }, tested, sent);
      return expectOther(setup, context, first, await context.server.send(request), "another account");
    },
  };
}

function otherOperation(setup: Setup): KeyCheck[] {
  const { suite, tested, place, distinct, send } = setup;
  const other = suite.operations.find(
    (known) => known !== tested && known.operation.idempotencyKey !== undefined && known.body !== undefined,
  );
  if (other?.body === undefined) return [];
  const { operation, body } = other;
  return [
    {
      id: `scope-operation-${operation.id}`,
      title: `creates a new resource for the key of ${operation.id}`,
      place: `${place}/scope`,
      creates: 1,
      elsewhere: [{ operation: operation.id, body: body.smallest[0] }],
      async run(context) {
        const key = randomUUID();
        const before = body.withKey(body.smallest[0], key);
        const first = await context.server.send(makeRequest(suite, other, before));
        if (!isMade(other, first)) return expectCreated(context, other, first, before);
        const second = await send(context, setup.body.withKey(distinct[0], key));
        return expectOther(setup, context, first, second, operation.id);
      },
    },
  ];
}

/** Whether upper and lower case make the same key or two keys, as the spec says. */
function letterCase(setup: Setup): KeyCheck {
  const { tested, body, place, distinct } = setup;
  const caseSensitive = tested.operation.idempotencyKey?.caseSensitive === true;
  return {
    id: "letter-case",
    title: caseSensitive
      ? "treats keys that differ in upper and lower case as different"
      : "treats a key in upper case and in lower case as the same",
    place: `${place}/caseSensitive`,
    creates: 2,
    async run(context) {
      const key = randomUUID();
      const [lower, upper] = [key, key.toUpperCase()].map((value) => body.withKey(distinct[0], value));
      if (lower === undefined || upper === undefined) return [];
      const broken = caseSensitive
        ? await createInTurn(setup, context, [lower, upper])
        : await replay(setup, context, lower, [], upper);
      return sayWhen(broken, "with the key in the other case").map((each) => ({
        ...each,
        ...(each.cause.startsWith("a replay") || caseSensitive ? { place: `${place}/caseSensitive` } : {}),
      }));
    },
  };
}

/** Expects that a key that was used elsewhere creates its own resource here. */
function expectOther(
  { tested, success, body, place }: Setup,
  context: Context,
  first: Exchange,
  second: Exchange,
  elsewhere: string,
): BrokenPromise[] {
  const exchanges = [first, second];
  const broken = { severity: "money", place: `${place}/scope`, exchanges } as const;
  const [one, two] = [bodyOf(first), bodyOf(second)];
  const shared = success.generated.find(({ pointer, rule }) => {
    const value = getAt(two, pointer);
    return rule !== "now" && value !== undefined && value === getAt(one, pointer);
  });
  if (shared !== undefined) {
    const cause = `a key returns what ${elsewhere} created with it`;
    const expected = `a key that was used by ${elsewhere} is a new one here; ${shared.pointer} is the same`;
    return [{ ...broken, cause, expected }];
  }
  if (isMade(tested, second)) return [];
  const sent = parseJson(String(second.request.body ?? "")) ?? body.smallest[0];
  return expectCreated(context, tested, second, sent, `a key that was used by ${elsewhere}`).map((each) => ({
    ...each,
    ...broken,
  }));
}

function bodyOf({ outcome }: Exchange) {
  return (isAnswer(outcome) ? parseJson(outcome.body) : undefined) ?? null;
}
