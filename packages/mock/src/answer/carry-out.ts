import { getAt, type Json } from "@dots-payouts/openapi";
import type { Draft } from "../sample/draft.ts";
import type { First, Kept, Key, Warn } from "../store/store.ts";
import type { MockAnswer } from "../wire/answer.ts";
import type { ValidRequest } from "./check-body.ts";
import type { Context, Progress } from "./context.ts";
import { keyOf } from "./key-of.ts";
import { warnOfKey, warnOfOtherBody } from "./key-warnings.ts";
import { ownerOf, resourceBody } from "./resource-body.ts";

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
  if (valid.compiled.key !== undefined) warnOfKey(valid, task.warn);
  const key = keyOf(valid, context.clock.now());
  if (key === undefined) return withoutKey(task);
  const known = context.store.find(key);
  if (known instanceof Promise) {
    return known.then((first) => (first === undefined ? withKey(task, key) : repeated(task, first)));
  }
  return known === undefined ? withKey(task, key) : repeated(task, known);
}

/** The first answer for a key, again. Its status is another success where that is allowed and asked for. */
function repeated({ valid, code, warn, progress }: Task, first: First): MockAnswer {
  const { answer } = first;
  warnOfOtherBody(valid, first, warn);
  progress.replayed = true;
  return code === undefined || valid.compiled.key?.anyStatus !== true ? answer : { ...answer, status: code };
}

function withoutKey(task: Task): MockAnswer | Promise<MockAnswer> {
  const { context, warn } = task;
  return made(task, ({ answer, created }) => {
    if (created.length === 0) return answer;
    const changes = created.map((next) => ({ found: undefined, next }));
    const added = context.store.resources.change(changes, warn);
    return added instanceof Promise ? added.then(() => answer) : answer;
  });
}

function withKey(task: Task, key: Key): MockAnswer | Promise<MockAnswer> {
  const { context, valid, warn } = task;
  return made(task, ({ answer, created }) => {
    const own = { answer, request: valid.text };
    const kept = context.store.keep(key, own, created, warn);
    const answerOf = (first: First) => (first.answer === answer ? answer : repeated(task, first));
    return kept instanceof Promise ? kept.then(answerOf) : answerOf(kept);
  });
}

interface Made {
  readonly answer: MockAnswer;
  readonly created: readonly Kept[];
}

/** Makes the answer, and goes on with it. */
function made(
  { context, valid, draft, warn }: Task,
  goOn: (made: Made) => MockAnswer | Promise<MockAnswer>,
): MockAnswer | Promise<MockAnswer> {
  const { resource: role } = valid.compiled.operation;
  const fill = () =>
    typeof draft.body === "string" ? undefined : draft.body(valid.json ?? null, context.fresh);
  const finish = (json: Json | undefined) => {
    const { status, headers } = draft;
    const body = typeof draft.body === "string" ? draft.body : JSON.stringify(json);
    return goOn({ answer: { status, headers, body }, created: createdBy(valid, json, body.length) });
  };
  if (role === undefined || role.does === "create") return finish(fill());
  return resourceBody({
    resources: context.store.resources,
    role,
    valid,
    draft,
    documented: fill,
    warn,
  }).then(finish);
}

const NOTHING: readonly Kept[] = [];

/** The resource that an answer tells of, where its operation creates one. */
function createdBy(
  { compiled, client }: ValidRequest,
  json: Json | undefined,
  size: number,
): readonly Kept[] {
  const { resource: role } = compiled.operation;
  if (role?.does !== "create" || json === undefined) return NOTHING;
  const id = getAt(json, role.id);
  const resource = getAt(json, role.at);
  if (id === undefined || resource === undefined) return NOTHING;
  return [{ owner: ownerOf(client, role), id: String(id), resource, done: NEVER, size }];
}

const NEVER: Kept["done"] = {};
