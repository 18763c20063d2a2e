import { getAt, type Json } from "@dots-payouts/openapi";
import type { Draft } from "../sample/draft.ts";
import { valueAt } from "../sample/fill-example.ts";
import type { Created } from "../store/store.ts";
import type { MockAnswer } from "../wire/answer.ts";
import type { ValidRequest } from "./check-body.ts";
import type { Context } from "./context.ts";
import { ownerOf, resourceBody } from "./resource-body.ts";

/**
 * Carries a valid request out, and finishes the draft of its answer: with what was sent, with fresh values, and with the
 * resource that the operation creates, reads, lists, changes or removes. A key that was seen before repeats its answer,
 * and nothing else happens.
 * @throws Refusal (404) when there is no such resource.
 */
export async function carryOut(
  { store, fresh }: Context,
  valid: ValidRequest,
  draft: Draft,
): Promise<MockAnswer> {
  const key = keyOf(valid);
  if (key !== undefined) {
    const known = store.find(key);
    // Waiting for what is there already would cost as much as all that is left to do.
    const first = known instanceof Promise ? await known : known;
    if (first !== undefined) return first;
  }
  const { resource: role } = valid.compiled.operation;
  const json =
    role === undefined || role.does === "create"
      ? filled(draft, valid, fresh)
      : await resourceBody(store.resources, role, valid, draft, () => filled(draft, valid, fresh));
  const { status, headers } = draft;
  const answer = {
    status,
    headers,
    body: typeof draft.body === "string" ? draft.body : JSON.stringify(json),
  };
  const created = createdBy(valid, json, answer.body.length);
  if (key !== undefined) return store.keep(key, answer, created);
  if (created !== undefined) await store.resources.add(created);
  return answer;
}

/** The JSON of a draft for a request; `undefined` where it has none. */
function filled(draft: Draft, { json }: ValidRequest, fresh: Context["fresh"]): Json | undefined {
  return typeof draft.body === "string" ? undefined : draft.body(json ?? null, fresh);
}

/** Under what a request's answer is kept: one client's key for one operation. */
function keyOf({ compiled, client, json }: ValidRequest): string | undefined {
  const value = compiled.key === undefined || json === undefined ? undefined : valueAt(json, compiled.key);
  if (value === undefined || value === null) return undefined;
  return JSON.stringify([compiled.operation.id, client, value]);
}

/** The resource that an answer tells of, where its operation creates one. */
function createdBy(
  { compiled, client }: ValidRequest,
  json: Json | undefined,
  size: number,
): Created | undefined {
  const { resource: role } = compiled.operation;
  if (role?.does !== "create" || json === undefined) return undefined;
  const id = getAt(json, role.id);
  const resource = getAt(json, role.at);
  if (id === undefined || resource === undefined) return undefined;
  return { owner: ownerOf(client, role), id: String(id), resource, size };
}
