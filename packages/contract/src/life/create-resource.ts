import { getAt, type Json } from "@dots-payouts/openapi";
import type { BrokenPromise } from "../expectations/broken-promise.ts";
import { expectCreated, isMade } from "../expectations/expect-answer.ts";
import { brokenResource, type Created } from "../expectations/expect-resource.ts";
import { isAnswer, parseJson } from "../http/request.ts";
import { makeRequest } from "../requests/make-request.ts";
import type { Context } from "../suite/context.ts";
import type { TestedOperation } from "../suite/tested-operation.ts";

/** Resources, or what went wrong before any existed. */
export type Creation<Made> = { readonly made: Made } | { readonly broken: readonly BrokenPromise[] };

/** Creates a resource. A wrong answer ends the check. */
export async function createResource(
  context: Context,
  creator: TestedOperation,
  body: Json | undefined = creator.body?.smallest[0],
): Promise<Creation<Created>> {
  const role = creator.operation.resource;
  const sent = body === undefined ? undefined : creator.body?.fresh(body);
  const exchange = await context.server.send(makeRequest(context.suite, creator, sent));
  const broken = expectCreated(context, creator, exchange, sent);
  if (!isMade(creator, exchange) || !isAnswer(exchange.outcome) || role?.does !== "create") return { broken };
  const resource = parseJson(exchange.outcome.body) ?? null;
  const id = getAt(resource, role.id);
  if (typeof id === "string" || typeof id === "number")
    return { made: { id: String(id), resource, sent, exchange } };
  const cause = "a new resource has no ID";
  return { broken: [brokenResource(creator, cause, `a new resource has an ID at ${role.id}`, [exchange])] };
}

/** Creates some resources, one after the other. */
export async function createResources(
  context: Context,
  creator: TestedOperation,
  count: number,
): Promise<Creation<readonly Created[]>> {
  const made: Created[] = [];
  for (let index = 0; index < count; index += 1) {
    const created = await createResource(context, creator);
    if ("broken" in created) return created;
    made.push(created.made);
  }
  return { made };
}
