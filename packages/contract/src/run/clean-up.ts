import { isMade } from "../expectations/expect-answer.ts";
import { makeRequest } from "../requests/make-request.ts";
import type { Context } from "../suite/context.ts";
import type { TestedOperation } from "../suite/tested-operation.ts";

/** Requests in progress at once. */
const BATCH = 16;

/**
 * Removes what the run has created, if the spec has a way (`x-resource`): an operation that removes, or a DELETE that
 * changes. What a server refuses to remove stays.
 * @returns how many were removed
 */
export async function cleanUp(context: Context): Promise<number> {
  const { suite, server, created } = context;
  const work = created.all().flatMap(({ operation, id }) => {
    const kind = suite.operations.find((tested) => tested.operation.id === operation)?.operation.resource
      ?.kind;
    const remover = suite.operations.find((tested) => kind !== undefined && removes(tested, kind));
    const role = remover?.operation.resource;
    return remover === undefined || role === undefined || !("by" in role)
      ? []
      : [{ remover, request: makeRequest(suite, remover, undefined, { [role.by]: id }) }];
  });
  let removed = 0;
  for (let start = 0; start < work.length; start += BATCH) {
    const batch = await Promise.all(
      work.slice(start, start + BATCH).map(async ({ remover, request }) => {
        const exchange = await server.send(request);
        return isMade(remover, exchange);
      }),
    );
    const done = batch.filter((isRemoved) => isRemoved).length;
    // If the server removes none of these, it removes none of the others.
    if (done === 0) break;
    removed += done;
  }
  return removed;
}

function removes({ operation }: TestedOperation, kind: string): boolean {
  const role = operation.resource;
  if (role?.kind !== kind) return false;
  return role.does === "remove" || (role.does === "change" && operation.method === "DELETE");
}
