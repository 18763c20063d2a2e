import { type Json, memoize, parsePointer } from "@dots-payouts/openapi";
import { companionsOf, firstEvents } from "../life/creations.ts";
import { WrittenResource } from "../life/written-resource.ts";
import type { Draft } from "../sample/draft.ts";
import { valueAt } from "../sample/fill-example.ts";
import type { First, Kept, Key, Warn } from "../store/store.ts";
import type { MockAnswer } from "../wire/answer.ts";
import type { ValidRequest } from "./check-body.ts";
import type { Context, Progress, Suspicion } from "./context.ts";
import { keyOf } from "./key-of.ts";
import { warnOfKey, warnOfOtherBody } from "./key-warnings.ts";
import { ownerFor, resourceBody } from "./resource-body.ts";

/** A request that is to be carried out, with what it takes. */
export interface Task {
  readonly context: Context;
  readonly valid: ValidRequest;
  readonly draft: Draft;
  /** The success that the request asks for, where it asks for one. */
  readonly code: number | undefined;
  readonly progress: Progress;
  readonly warn: Warn;
}

/**
 * Carries a valid request out, and finishes the draft of its answer: with what was sent, with fresh values, and with the
 * resource that the operation creates, reads, lists, changes or removes. A key that was seen before repeats its answer,
 * and nothing else happens.
 *
 * Nothing is waited for that is there already: a promise costs as much as all that is done here.
 * @throws Refusal when there is no such resource, or its state does not allow it.
 */
export function carryOut(task: Task): MockAnswer | Promise<MockAnswer> {
  const { context, valid } = task;
  if (valid.compiled.key !== undefined && valid.json !== undefined) {
    const { compiled, text } = valid;
    const { headers, target } = valid.request;
    suspect(task, (warn) => warnOfKey({ compiled, text, request: { headers, target } }, warn));
  }
  const key = keyOf(valid, context.clock.now());
  if (key === undefined) return carryOutNew(task, undefined);
  const known = context.store.find(key);
  if (known instanceof Promise) {
    return known.then((first) => (first === undefined ? carryOutNew(task, key) : repeated(task, first)));
  }
  return known === undefined ? carryOutNew(task, key) : repeated(task, known);
}

/** A strict mock looks at once. Otherwise it costs nothing as long as nobody wants to know. */
function suspect({ context, progress, warn }: Task, suspicion: Suspicion): void {
  if (context.strict) suspicion(warn);
  else if (progress.suspicions === undefined) progress.suspicions = [suspicion];
  else progress.suspicions.push(suspicion);
}

/** The first answer for a key, again. Its status is another success where that is allowed and asked for. */
function repeated(task: Task, first: First): MockAnswer {
  const { valid, code, progress } = task;
  const { answer } = first;
  if (valid.text !== first.request) {
    const { compiled, text } = valid;
    suspect(task, (warn) => warnOfOtherBody({ compiled, text }, first, warn));
  }
  progress.replayed = true;
  const isFree = valid.compiled.key?.anyStatus === true && answer.status < 300;
  return code !== undefined && isFree ? { ...answer, status: code } : answer;
}

/** Makes the answer and keeps what it tells of. */
function carryOutNew(task: Task, key: Key | undefined): MockAnswer | Promise<MockAnswer> {
  const { context, valid, draft, warn } = task;
  const { resource: role } = valid.compiled.operation;
  if (role === undefined || role.does === "create") return keep(task, key, filled(task));
  const documented = () => filled(task);
  const { fire } = context;
  const changed = resourceBody({ world: context.world(), role, valid, draft, documented, warn, fire });
  return changed.then((json) => keep(task, key, json));
}

/** The JSON of a draft for a request; `undefined` where it has none. */
function filled({ context, valid, draft }: Task): Json | undefined {
  return typeof draft.body === "string" ? undefined : draft.body(valid.json ?? null, context.fresh);
}

function keep(task: Task, key: Key | undefined, json: Json | undefined): MockAnswer | Promise<MockAnswer> {
  const { context, valid, draft, warn } = task;
  const { status, headers } = draft;
  const body = typeof draft.body === "string" ? draft.body : JSON.stringify(json);
  const answer = { status, headers, body };
  const created = createdBy(context, valid, json, body);
  if (key !== undefined) {
    const kept = context.store.keep(key, { answer, request: valid.text }, created, warn);
    return kept instanceof Promise
      ? kept.then((first) => told(task, created, answer, first))
      : told(task, created, answer, kept);
  }
  if (created.length === 0) return answer;
  const changes = created.map((next) => ({ found: undefined, next }));
  const added = context.store.resources.change(changes, warn);
  return added instanceof Promise
    ? added.then(() => told(task, created, answer))
    : told(task, created, answer);
}

/** Tells of what was created, unless another request with the key was first. Returns the answer that counts. */
function told(task: Task, created: readonly Kept[], answer: MockAnswer, first?: First): MockAnswer {
  if (first !== undefined && first.answer !== answer) return repeated(task, first);
  if (created.length > 0 && task.context.isHeard())
    task.context.fire(firstEvents(task.context.spec.lives, created));
  return answer;
}

const NOTHING: readonly Kept[] = [];

/** The resource that an answer tells of, where its operation creates one, and those that come with it. */
function createdBy(
  context: Context,
  valid: ValidRequest,
  json: Json | undefined,
  text: string,
): readonly Kept[] {
  const { resource: role } = valid.compiled.operation;
  if (role?.does !== "create" || json === undefined) return NOTHING;
  const id = valueAt(json, tokensOf(role.id));
  const resource = valueAt(json, tokensOf(role.at));
  if (id === undefined || resource === undefined) return NOTHING;
  const owner = ownerFor(valid, role);
  const kept =
    role.at === ""
      ? new WrittenResource(owner, String(id), text)
      : { owner, id: String(id), resource, done: NEVER, size: text.length };
  const life = context.spec.lives.get(role.kind);
  if (life === undefined) return [kept];
  const created = companionsOf(
    context.spec.lives,
    life.cycle.creates,
    { owner, resource, kept },
    context.fresh,
  );
  created.unshift(kept);
  return created;
}

const NEVER: Kept["done"] = {};

/** Each pointer of an operation is followed for every request. */
const tokensOf = memoize(parsePointer);
