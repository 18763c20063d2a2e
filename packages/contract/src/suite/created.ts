import { getAt } from "@dots-payouts/openapi";
import { type Exchange, isAnswer, parseJson } from "../http/request.ts";
import type { TestedOperation } from "./tested-operation.ts";

/** A resource that the run has created. */
export interface Created {
  /** The operation's ID. */
  readonly operation: string;
  /** The ID that the server gave it. */
  readonly id: string;
  /** The idempotency key that it was created with. */
  readonly key?: string;
}

/** Records what a run creates, by the ID in each answer. */
export interface CreatedList {
  note(exchange: Exchange): void;
  readonly all: () => Created[];
}

export function openCreated(operations: readonly TestedOperation[]): CreatedList {
  const found = new Map<string, Created>();
  const places = new Map(operations.map((tested) => [tested.operation.id, idPlace(tested)]));
  return {
    note({ request, outcome }) {
      const { operation, key } = request;
      const place = operation === undefined ? undefined : places.get(operation);
      if (operation === undefined || place === undefined || !isAnswer(outcome)) return;
      if (outcome.status < 200 || outcome.status >= 300) return;
      const id = getAt(parseJson(outcome.body) ?? null, place);
      if (typeof id !== "string" && typeof id !== "number") return;
      const made = { operation, id: String(id), ...(key === undefined ? {} : { key }) };
      if (!found.has(made.id)) found.set(made.id, made);
    },
    all: () => [...found.values()],
  };
}

/** Where an operation returns the ID of what it creates: as the spec says, else the first fresh UUID. */
function idPlace({ operation, success }: TestedOperation): string | undefined {
  const role = operation.resource;
  if (role !== undefined) return role.does === "create" ? role.id : undefined;
  return operation.method === "GET"
    ? undefined
    : success?.generated.find(({ rule }) => rule === "uuid")?.pointer;
}
