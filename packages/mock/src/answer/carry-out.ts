import type { Json } from "@dots-payouts/openapi";
import type { ValidRequest } from "../check/check-body.ts";
import { companionsOf, firstEvents } from "../life/creations.ts";
import type { Written } from "../life/events.ts";
import { WrittenResource } from "../life/written-resource.ts";
import type { Draft } from "../sample/draft.ts";
import { tokensOf, valueAt } from "../sample/fill-example.ts";
import { ownerOf } from "../store/owner.ts";
import type { First, Kept, Key, Warn } from "../store/store.ts";
import type { MockAnswer } from "../wire/answer.ts";
import { Refusal } from "../wire/refusal.ts";
import type { Context, Progress } from "./context.ts";
import { keyOf } from "./key-of.ts";
import { KeyedRequest } from "./key-warnings.ts";
import { effectOf, magicAnswer } from "./magic-value.ts";
import { resourceBody } from "./resource-body.ts";

/** A request to carry out, with everything needed for it. */
export class Task {
  readonly context: Context;
  readonly valid: ValidRequest;
  readonly draft: Draft;
  /** The success that the request asks for, if it does. */
  readonly code: number | undefined;
  readonly progress: Progress;
  /** The moves that the created resource makes automatically. */
  moves: readonly string[] = [];

  constructor(
    context: Context,
    valid: ValidRequest,
    draft: Draft,
    code: number | undefined,
    progress: Progress,
  ) {
    this.context = context;
    this.valid = valid;
    this.draft = draft;
    this.code = code;
    this.progress = progress;
  }

  /** Records a warning. @throws Refusal in a strict mock */
  readonly warn: Warn = (warning) => {
    const { context, valid, progress } = this;
    if (context.strict) throw new Refusal(valid.compiled.refusalStatus, warning.message, [warning]);
    progress.warnings = [...(progress.warnings ?? []), warning];
  };
}

/**
 * Carries out a valid request and completes the draft of its answer: with what was sent, with fresh values, and with
 * the resource that the operation creates, reads, lists, changes or removes. A key that was seen before repeats its
 * answer, and nothing else happens.
 *
 * Avoids awaiting values that are already available: a promise costs as much as all the work here.
 * @throws Refusal if there is no such resource, or its state does not allow it.
 */
export function carryOut(task: Task): MockAnswer | Promise<MockAnswer> {
  const { context, valid } = task;
  if (valid.compiled.key !== undefined && valid.json !== undefined) {
    const keyed = new KeyedRequest(valid);
    task.progress.keyed = keyed;
    // Otherwise warnings cost nothing until somebody reads them.
    if (context.strict) keyed.look(task.warn);
  }
  const key = keyOf(valid, task.progress.namespace ?? "", context.clock.now());
  if (key === undefined) return carryOutNew(task, undefined);
  const known = context.store.find(key);
  if (known instanceof Promise) {
    return known.then((first) => (first === undefined ? carryOutNew(task, key) : repeated(task, first)));
  }
  return known === undefined ? carryOutNew(task, key) : repeated(task, known);
}

/** Repeats the first answer for a key, with a different success status if that is allowed and asked for. */
function repeated(task: Task, first: First): MockAnswer {
  const { context, valid, code, progress, warn } = task;
  const { answer } = first;
  progress.keyed?.repeats(first.request);
  if (context.strict) progress.keyed?.look(warn);
  progress.replayed = true;
  const isFree = valid.compiled.key?.anyStatus === true && answer.status < 300;
  return code !== undefined && isFree ? { ...answer, status: code } : answer;
}

/** Makes the answer and stores what it reports. */
function carryOutNew(task: Task, key: Key | undefined): MockAnswer | Promise<MockAnswer> {
  const { context, valid, draft, warn } = task;
  const { resource: role } = valid.compiled.operation;
  const effect = effectOf(valid);
  const refused = effect && magicAnswer(context, valid, effect, task.progress);
  if (refused !== undefined) return refused;
  if (effect !== undefined) task.moves = effect.moves;
  if (role === undefined || role.does === "create") return keep(task, key, filled(task));
  const documented = () => filled(task);
  const owner = ownerFor(task, role.kind);
  const changed = resourceBody({ world: context.world(), owner, role, valid, draft, documented, warn });
  return changed.then((json) => keep(task, key, json));
}

/** The JSON of a draft for a request; `undefined` if it has none. */
function filled({ context, valid, draft }: Task): Json | undefined {
  return typeof draft.body === "string" ? undefined : draft.body(valid.json ?? null, context.fresh);
}

function keep(task: Task, key: Key | undefined, json: Json | undefined): MockAnswer | Promise<MockAnswer> {
  const { context, valid, draft, warn } = task;
  const { status, headers } = draft;
  const body = typeof draft.body === "string" ? draft.body : JSON.stringify(json);
  const answer = { status, headers, body };
  const created = createdBy(task, json, body);
  const written =
    created.length > 0 && context.events.isHeard()
      ? context.events.write(firstEvents(context.spec.lives, created))
      : undefined;
  const all =
    written === undefined ? created : [...created, ...written.kept.flatMap(({ next }) => next ?? [])];
  const tell = { created, written };
  if (key !== undefined) {
    const kept = context.store.keep(key, { answer, request: valid.text }, all, warn);
    return kept instanceof Promise
      ? kept.then((first) => told(task, tell, answer, first))
      : told(task, tell, answer, kept);
  }
  if (created.length === 0) return answer;
  const changes = all.map((next) => ({ found: undefined, next }));
  const added = context.store.resources.change(changes, warn);
  return added instanceof Promise ? added.then(() => told(task, tell, answer)) : told(task, tell, answer);
}

/**
 * Sends the events of what was created, unless another request with the key was first. Returns the answer that counts.
 */
function told(task: Task, { created, written }: Tell, answer: MockAnswer, first?: First): MockAnswer {
  if (first !== undefined && first.answer !== answer) return repeated(task, first);
  written?.send();
  if (task.moves.length > 0 && created[0] !== undefined) task.context.moveLater(created[0].id, task.moves);
  return answer;
}

/** The events to send once an answer counts. */
interface Tell {
  readonly created: readonly Kept[];
  readonly written: Written | undefined;
}

/** The owner under which the resources of a kind are stored for the sender of a request. */
function ownerFor({ progress: { namespace = "" } }: Task, kind: string): string {
  if (last.kind !== kind || last.namespace !== namespace) {
    last = { kind, namespace, owner: ownerOf(kind, namespace) };
  }
  return last.owner;
}

/** Cached: a client keeps creating the same kind of resource, and looking up a freshly built string is slow. */
let last = { kind: "", namespace: "", owner: "" };

const NOTHING: readonly Kept[] = [];

/** The resource that an answer reports, if its operation creates one, and those created with it. */
function createdBy(task: Task, json: Json | undefined, text: string): readonly Kept[] {
  const { context, valid } = task;
  const { resource: role } = valid.compiled.operation;
  if (role?.does !== "create" || json === undefined) return NOTHING;
  const id = valueAt(json, tokensOf(role.id));
  const resource = valueAt(json, tokensOf(role.at));
  if (id === undefined || resource === undefined) return NOTHING;
  const owner = ownerFor(task, role.kind);
  const isNew = valid.compiled.makesIds;
  const kept =
    role.at === ""
      ? new WrittenResource(owner, String(id), text, isNew)
      : { owner, id: String(id), resource, done: NEVER, size: text.length };
  const life = context.spec.lives.get(role.kind);
  if (life === undefined) return [kept];
  const created = companionsOf(
    context.spec.lives,
    life.cycle.creates,
    { owner, resource, kept, isNew },
    context.fresh,
  );
  created.unshift(kept);
  return created;
}

const NEVER: Kept["done"] = {};
