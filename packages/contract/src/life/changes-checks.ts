import {
  type Changes,
  getAt,
  lifeCycleOf,
  type Most,
  type Move,
  type OpenApiDocument,
} from "@dots-payouts/openapi";
import type { BrokenPromise } from "../expectations/broken-promise.ts";
import { isMade } from "../expectations/expect-answer.ts";
import { brokenResource, type Created, expectRefusedWith, sendBy } from "../expectations/expect-resource.ts";
import { type Exchange, isAnswer, parseJson } from "../http/request.ts";
import type { Context } from "../suite/context.ts";
import type { Suite } from "../suite/suite.ts";
import type { TestedOperation } from "../suite/tested-operation.ts";
import { createResource } from "./create-resource.ts";
import type { MakeCheck } from "./make-check.ts";

/** A resource that was changed once. */
interface Changed {
  readonly created: Created;
  readonly change: Exchange;
}

/** How often a resource can be changed, and what the change must not affect. */
export function changesChecks(
  { spec: { document } }: Suite,
  creator: TestedOperation,
  changer: TestedOperation,
  role: Changes,
  check: MakeCheck,
) {
  const move = moveOf(document, role);
  const key = creator.operation.idempotencyKey;
  const onChanged = (id: string, title: string, expect: Expect) =>
    check(id, title, 1, async (context) => {
      const creation = await createResource(context, creator, keyed(creator));
      if ("broken" in creation) return creation.broken;
      const created = creation.made;
      const change = await sendBy(context, changer, created.id);
      // The check of the change itself covers changes that do not succeed at all.
      return isMade(changer, change) ? expect(context, { created, change }) : [];
    });
  return [
    ...(move === undefined || isRepeatable(move)
      ? []
      : [
          onChanged("again", "is refused if the resource's state no longer allows it", (context, changed) =>
            expectOnce(context, changer, changed),
          ),
        ]),
    ...(key === undefined
      ? []
      : [
          onChanged(
            "replayed",
            "leaves the key with the resource: a replay creates no other",
            (context, changed) => expectSameKey(context, creator, changed),
          ),
        ]),
    ...(role.most === undefined ? [] : [mostCheck(creator, changer, role.most, check)]),
  ];
}

type Expect = (context: Context, changed: Changed) => Promise<readonly BrokenPromise[]>;

/** The smallest body, with a key if there is one. */
function keyed({ body }: TestedOperation) {
  const [smallest] = body?.smallest ?? [];
  return smallest === undefined ? undefined : body?.withKey(smallest, "00000000-0000-4000-8000-000000000000");
}

function moveOf(document: OpenApiDocument, { kind, move }: Changes): Move | undefined {
  return lifeCycleOf(document, kind)?.moves.find(({ name }) => name === move);
}

/** Whether a move can be made again. */
function isRepeatable({ from, to }: Move): boolean {
  return to === undefined || from.includes(to);
}

async function expectOnce(
  context: Context,
  changer: TestedOperation,
  { created, change }: Changed,
): Promise<BrokenPromise[]> {
  const again = await sendBy(context, changer, created.id);
  const place = `${changer.operation.pointer}/x-resource/move`;
  const words = `${changer.operation.id} in a state that does not allow it`;
  return expectRefusedWith(changer, again, undefined, words, place).map((each) => ({
    ...each,
    exchanges: [created.exchange, change, again],
  }));
}

/** Within its lifetime a key creates one resource, whatever happens to that. */
async function expectSameKey(
  context: Context,
  creator: TestedOperation,
  { created, change }: Changed,
): Promise<BrokenPromise[]> {
  const role = creator.operation.resource;
  const replayed = await context.server.send(created.exchange.request);
  if (role?.does !== "create" || !isAnswer(replayed.outcome) || !isMade(creator, replayed)) return [];
  const id = getAt(parseJson(replayed.outcome.body) ?? null, role.id);
  if (id === undefined || String(id).toLowerCase() === created.id.toLowerCase()) return [];
  return [
    {
      severity: "money",
      cause: "a replay creates another resource, after the first was changed",
      expected: "a key returns the first resource, whatever has happened to it",
      place: `${creator.operation.pointer}/x-idempotency-key`,
      exchanges: [created.exchange, change, replayed],
    },
  ];
}

/** A change is refused after it reached its limit. */
function mostCheck(
  creator: TestedOperation,
  changer: TestedOperation,
  { times, done }: Most,
  check: MakeCheck,
) {
  return check("most", `is carried out at most ${times - done} times`, 1, async (context) => {
    const creation = await createResource(context, creator);
    if ("broken" in creation) return creation.broken;
    const exchanges: Exchange[] = [creation.made.exchange];
    let carriedOut = 0;
    for (let count = 0; count <= times; count += 1) {
      const exchange = await sendBy(context, changer, creation.made.id);
      exchanges.push(exchange);
      if (!isMade(changer, exchange)) break;
      carriedOut += 1;
    }
    const place = `${changer.operation.pointer}/x-resource/most`;
    const expected = `${changer.operation.id} is carried out at most ${times} times, ${done} of them with the creation`;
    const cause = (limit: number) => `${changer.operation.id} is carried out more than ${limit} times`;
    // Whether the creation counts may be an assumption even if the number is documented.
    if (carriedOut > times) return [brokenAt(changer, cause(times), expected, `${place}/times`, exchanges)];
    return carriedOut > times - done
      ? [brokenAt(changer, cause(times - done), expected, `${place}/done`, exchanges)]
      : [];
  });
}

function brokenAt(
  changer: TestedOperation,
  cause: string,
  expected: string,
  place: string,
  exchanges: readonly Exchange[],
): BrokenPromise {
  return { ...brokenResource(changer, cause, expected, exchanges), place };
}
