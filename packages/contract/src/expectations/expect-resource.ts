import { getAt, type Json, lifeCycleOf } from "@dots-payouts/openapi";
import { type Exchange, isAnswer, parseJson } from "../http/request.ts";
import { makeRequest } from "../requests/make-request.ts";
import type { Context } from "../suite/context.ts";
import type { TestedOperation } from "../suite/tested-operation.ts";
import { differenceOf, same } from "../values/difference.ts";
import { parentOf } from "../values/fields.ts";
import { type BrokenPromise, noAnswer } from "./broken-promise.ts";
import { expectSuccess } from "./expect-answer.ts";
import { expectEcho } from "./expect-echo.ts";

/** A resource that this run has created. */
export interface Created {
  readonly id: string;
  readonly resource: Json;
  readonly sent: Json | undefined;
  readonly exchange: Exchange;
}

/** Sends an operation that takes an ID. */
export function sendBy(
  context: Context,
  tested: TestedOperation,
  id: string,
  body?: Json,
): Promise<Exchange> {
  const role = tested.operation.resource;
  const by = role !== undefined && "by" in role ? role.by : "";
  return context.server.send(makeRequest(context.suite, tested, body, { [by]: id }));
}

/** Expects that a resource reads as it was created, as far as the spec says what does not change on its own. */
export async function expectRead(
  context: Context,
  creator: TestedOperation,
  reader: TestedOperation,
  created: Created,
  expected: Json = created.resource,
): Promise<BrokenPromise[]> {
  const exchange = await sendBy(context, reader, created.id);
  const broken = expectSuccess(reader, exchange);
  if (broken.length > 0 || !isAnswer(exchange.outcome)) return broken;
  const read = parseJson(exchange.outcome.body) ?? null;
  const fixed = [
    ...(creator.success?.echo ?? []).map(({ response }) => response),
    ...(creator.success?.generated ?? []).map(({ pointer }) => pointer),
  ];
  const { success } = reader;
  if (success === undefined) return [];
  return fixed.flatMap((pointer) => {
    const value = getAt(expected, pointer);
    if (value === undefined || success.describedAt(parentOf(pointer)).size === 0) return [];
    const difference = differenceOf(value, getAt(read, pointer), pointer, success.describedAt);
    if (difference === undefined) return [];
    const cause = `${pointer} is read differently than it was written`;
    const shown = brokenResource(reader, cause, `a resource is read as it was written; ${difference}`, [
      created.exchange,
      exchange,
    ]);
    // A server that remembers nothing has one fault, not one for each field.
    return [
      { ...shown, broader: { cause: "a resource is read differently than it was written", from: "many" } },
    ];
  });
}

/** Changes a resource, and expects that it stays changed. */
export async function expectChange(
  context: Context,
  creator: TestedOperation,
  changer: TestedOperation,
  created: Created,
): Promise<BrokenPromise[]> {
  const role = changer.operation.resource;
  if (role?.does !== "change") return [];
  const bodies = changer.body === undefined ? [undefined] : examplesOf(changer);
  let expected = created.resource;
  for (const body of bodies) {
    const exchange = await sendBy(context, changer, created.id, body);
    const broken = expectSuccess(changer, exchange);
    if (broken.length > 0 && isRightlyRefused(context, changer, created, exchange)) return [];
    if (broken.length > 0 || !isAnswer(exchange.outcome)) return broken;
    const { success } = changer;
    if (success === undefined) continue;
    expected = parseJson(exchange.outcome.body) ?? null;
    const unlike = expectEcho(changer, success, exchange, body, expected);
    if (unlike.length > 0) return unlike;
  }
  const reader = siblingOf(context, changer, "read");
  if (reader === undefined) return [];
  const changed = await expectRead(context, creator, reader, created, expected);
  return changed.length > 0 ? changed : expectSet(context, changer, reader, created);
}

/** Whether a change is refused because its move (`x-states`) is not possible in the resource's state. */
function isRightlyRefused(
  { suite }: Context,
  { operation, documented }: TestedOperation,
  { resource }: Created,
  { outcome }: Exchange,
): boolean {
  const role = operation.resource;
  if (role?.does !== "change" || !isAnswer(outcome) || outcome.status < 400 || outcome.status >= 500)
    return false;
  const cycle = lifeCycleOf(suite.spec.document, role.kind);
  const move = cycle?.moves.find(({ name }) => name === role.move);
  const state = cycle === undefined ? undefined : getAt(resource, cycle.state);
  const isElsewhere = move !== undefined && typeof state === "string" && !move.from.includes(state);
  return isElsewhere && outcome.status !== 401 && documented(outcome.status) !== undefined;
}

/** Expects that a resource has the values that the change sets. */
async function expectSet(
  context: Context,
  changer: TestedOperation,
  reader: TestedOperation,
  created: Created,
): Promise<BrokenPromise[]> {
  const role = changer.operation.resource;
  if (role?.does !== "change" || role.sets.length === 0) return [];
  const exchange = await sendBy(context, reader, created.id);
  const read = isAnswer(exchange.outcome) ? (parseJson(exchange.outcome.body) ?? null) : null;
  return role.sets.flatMap(({ pointer, value }) =>
    same(getAt(read, pointer), value)
      ? []
      : [
          brokenResource(
            changer,
            `${pointer} is not what the change sets`,
            `${pointer} is ${JSON.stringify(value)} afterwards`,
            [created.exchange, exchange],
          ),
        ],
  );
}

/** Removes a resource, and expects that it is gone. */
export async function expectRemoval(
  context: Context,
  remover: TestedOperation,
  created: Created,
): Promise<BrokenPromise[]> {
  const removal = await sendBy(context, remover, created.id);
  const broken = expectSuccess(remover, removal);
  const reader = siblingOf(context, remover, "read");
  if (broken.length > 0 || reader === undefined) return broken;
  const exchange = await sendBy(context, reader, created.id);
  if (isAnswer(exchange.outcome) && exchange.outcome.status === 404) return [];
  const cause = "a resource that was removed can still be read";
  return [
    brokenResource(remover, cause, "what was removed is answered with 404", [
      created.exchange,
      removal,
      exchange,
    ]),
  ];
}

function siblingOf({ suite }: Context, tested: TestedOperation, does: string): TestedOperation | undefined {
  const kind = tested.operation.resource?.kind;
  return suite.operations.find(
    ({ operation }) => operation.resource?.kind === kind && operation.resource?.does === does,
  );
}

function examplesOf({ body }: TestedOperation): readonly Json[] {
  if (body === undefined) return [];
  return [...body.media.examples.map(({ value }) => value), ...body.smallest];
}

/**
 * Expects that an impossible request is refused, with a specific status if the spec names one.
 * @param words what is impossible
 * @param place where the spec says so
 */
export function expectRefusedWith(
  { operation }: Pick<TestedOperation, "operation">,
  exchange: Exchange,
  status: number | undefined,
  words: string,
  place: string,
): BrokenPromise[] {
  const { outcome } = exchange;
  const expected = `${words}: refused with ${status ?? "a documented 4xx"}`;
  if (!isAnswer(outcome)) return [noAnswer(exchange, expected, place)];
  const came = outcome.status;
  if (status === undefined ? came >= 400 && came < 500 && came !== 401 : came === status) return [];
  const cause = came < 400 ? `not refused: ${words}` : `${words}: refused with ${came}`;
  return [{ ...brokenResource({ operation }, cause, expected, [exchange]), place }];
}

/** What is wrong with how an operation handles resources. */
export function brokenResource(
  { operation }: Pick<TestedOperation, "operation">,
  cause: string,
  expected: string,
  exchanges: readonly Exchange[],
): BrokenPromise {
  return { severity: "data", cause, expected, place: `${operation.pointer}/x-resource`, exchanges };
}
