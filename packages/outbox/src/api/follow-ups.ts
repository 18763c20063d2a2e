import { getAt, type Json, lifeCycleOf, type OpenApiDocument, type Operation } from "@dots-payouts/openapi";
import type { SeenFollowUp } from "../ledger/follow-up.ts";
import type { FollowUp, Kind } from "./kinds.ts";
import { isJson, textAt } from "./read-at.ts";

/** What the spec says the API creates from the objects of a kind, as far as it can be listed. */
export function followUpsOf(
  document: OpenApiDocument,
  { name, idAt }: Pick<Kind, "name" | "idAt">,
  operations: readonly Operation[],
): FollowUp[] {
  const found = new Map<string, FollowUp>();
  for (const { kind, sets, takes } of lifeCycleOf(document, name)?.moves.flatMap((move) => move.creates) ??
    []) {
    const parentAt = takes.find(({ from }) => from === idAt)?.pointer;
    const stateAt = lifeCycleOf(document, kind)?.state;
    const { list, read } = readersOf(kind, operations);
    const ownId = list?.role.page.after?.from;
    if (parentAt === undefined || stateAt === undefined || ownId === undefined) continue;
    found.set(JSON.stringify([kind, parentAt, sets]), {
      name: kind,
      idAt: ownId,
      list,
      read,
      parentAt,
      stateAt,
      sets,
    });
  }
  return [...found.values()];
}

/** How objects of a kind are read back. */
export function readersOf(kind: string, operations: readonly Operation[]): Pick<Kind, "list" | "read"> {
  let list: Kind["list"];
  let read: Kind["read"];
  for (const { client: method, resource: role } of operations) {
    if (role?.kind !== kind || method === undefined) continue;
    if (role.does === "list") list = { method, role };
    if (role.does === "read") read = { method, role };
  }
  return { list, read };
}

/** Reads an item, if it is such an object. */
export function seenFollowUp(item: unknown, followUp: FollowUp): SeenFollowUp | undefined {
  const { name: kind, idAt, parentAt, stateAt, sets } = followUp;
  const [id, parent, state] = [textAt(item, idAt), textAt(item, parentAt), textAt(item, stateAt)];
  if (id === undefined || parent === undefined || state === undefined || !isJson(item)) return undefined;
  return sets.every(({ pointer, value }) => isSame(getAt(item, pointer), value))
    ? { id, kind, parent, state }
    : undefined;
}

function isSame(one: Json | undefined, other: Json): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
