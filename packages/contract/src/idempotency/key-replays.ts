import { getAt, type Json } from "@dots-payouts/openapi";
import { slug } from "../checks/check.ts";
import { expectCreated, isMade } from "../expectations/expect-answer.ts";
import { expectUnauthorized } from "../expectations/expect-refusal.ts";
import { wrongAuthorizations } from "../http/credentials.ts";
import { makeRequest } from "../requests/make-request.ts";
import type { TestedBody } from "../suite/tested-body.ts";
import { bodyWith, changedBody, changedEverywhere } from "../values/changed-body.ts";
import { RACERS, raceWithOneKey } from "./many-requests.ts";
import { type KeyCheck, replay, type Setup, withNewKey } from "./setup.ts";

/** The number of other keys between a request and its replay. */
const BETWEEN = 10;

/** A key that has created a resource returns that resource, whatever else is sent. */
export function keyReplays(setup: Setup, key: string): KeyCheck[] {
  const [one, , ...others] = setup.distinct;
  return [
    {
      id: "replay",
      title: "returns the same resource for the same key",
      creates: 1,
      run(context) {
        const sent = withNewKey(setup, one);
        return replay(setup, context, sent, [sent], sent);
      },
    },
    ...otherBodies(setup, key),
    {
      id: "later",
      title: `remembers a key after ${BETWEEN} others`,
      creates: BETWEEN + 1,
      run(context) {
        const sent = withNewKey(setup, one);
        const between = others.slice(0, BETWEEN).map((other) => withNewKey(setup, other));
        return replay(setup, context, sent, between, sent);
      },
    },
    {
      id: "race",
      title: `creates one resource for ${RACERS} requests at once with one key`,
      creates: 1,
      run: (context) => raceWithOneKey(setup, context, withNewKey(setup, one)),
    },
    ...strangers(setup),
  ];
}

/** The same key with another body: with one place changed at a time, with all changed, and with the minimum. */
function otherBodies(setup: Setup, key: string): KeyCheck[] {
  const { body } = setup;
  const check = (id: string, words: string, first: Json, second: Json): KeyCheck => ({
    id,
    title: `returns the first resource for the same key with ${words}`,
    creates: 1,
    bodies: [first, second],
    run(context) {
      const sent = withNewKey(setup, first);
      return replay(setup, context, sent, [], body.withKey(second, getAt(sent, key) ?? null));
    },
  });
  const known = changes.get(body) ?? makeChanges(setup);
  changes.set(body, known);
  return [
    ...known.places.map(({ place, first, second }) =>
      check(`replay-other-${slug(place)}`, `another ${place}`, first, second),
    ),
    check("replay-other-everything", "everything else changed", known.full, known.changed),
    check("replay-less", "only what is required", known.full, body.smallest[0]),
    check("replay-more", "more than at first", body.smallest[0], known.full),
  ];
}

/** A body with everything that is echoed, the same with all of it changed, and with one changed place at a time. */
interface Changes {
  readonly full: Json;
  readonly changed: Json;
  readonly places: readonly { readonly place: string; readonly first: Json; readonly second: Json }[];
}

// They are the same in each run, and each must be made valid.
const changes = new WeakMap<TestedBody, Changes>();

function makeChanges({ tested, body, success, distinct: [one] }: Setup): Changes {
  // How much is paid, and to whom, comes first.
  const places = [...new Set(success.echo.map(({ request }) => request))].toSorted(
    (a, b) => Number(tested.sendsMoney(b)) - Number(tested.sendsMoney(a)),
  );
  const full = places.reduce((whole, place) => bodyWith(body, whole, place) ?? whole, one);
  return {
    full,
    changed: changedEverywhere(body, full),
    places: places.flatMap((place) => {
      const first = bodyWith(body, one, place);
      const second = first === undefined ? undefined : changedBody(body, first, place);
      return first === undefined || second === undefined ? [] : [{ place, first, second }];
    }),
  };
}

/** A key is not a password: without credentials, it returns nothing. */
function strangers(setup: Setup): KeyCheck[] {
  const { suite, tested, place, distinct } = setup;
  const open = tested.operation.security.some((schemes) => schemes.length === 0);
  if (tested.operation.security.length === 0 || open) return [];
  return wrongAuthorizations(suite.credentials).map(({ id, words, authorization, wellFormed }) => ({
    id: `stranger-${id}`,
    title: `refuses a replay with ${words}`,
    creates: 1,
    unable: wellFormed && !suite.credentials.given ? "no user name and password were given" : undefined,
    async run(context) {
      const sent = withNewKey(setup, distinct[0]);
      const first = await setup.send(context, sent);
      if (!isMade(tested, first)) return expectCreated(context, tested, first, sent);
      const { authorization: _, ...request } = makeRequest(suite, tested, sent);
      const replayed = await context.server.send({
        ...request,
        ...(authorization === undefined ? {} : { authorization }),
      });
      return expectUnauthorized(tested, replayed, `a replay with ${words}`, place).map((each) => ({
        ...each,
        exchanges: [first, replayed],
      }));
    },
  }));
}
