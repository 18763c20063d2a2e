import type { Api } from "../api/calls.ts";
import { referenceIn } from "../api/compose.ts";
import type { Kind } from "../api/kinds.ts";
import { isJson, textAt, zonedTimeAt } from "../api/read-at.ts";
import type { FoundObject, SeenObject } from "../store/objects.ts";

/** What an object of the API is, if known. */
export function seenObject(object: unknown, kind: Kind): SeenObject | undefined {
  const id = textAt(object, kind.idAt);
  if (id === undefined) return undefined;
  const created = zonedTimeAt(object, kind.createdAt);
  return { kind: kind.name, id, fate: textAt(object, kind.fateAt), created };
}

/** What an object of the API is, if it carries our reference. */
export function foundObject(
  object: unknown,
  kind: Kind,
  { calls }: Pick<Api, "calls">,
): FoundObject | undefined {
  const id = textAt(object, kind.idAt);
  const marker = isJson(object) ? referenceIn(object, kind.referenceAt) : undefined;
  if (id === undefined || marker === undefined) return undefined;
  const makers = calls.filter((call) => call.kind.name === kind.name).map(({ name }) => name);
  return { kind: kind.name, id, fate: textAt(object, kind.fateAt), calls: makers, ...marker };
}
