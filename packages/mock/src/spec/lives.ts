import {
  getAt,
  type Json,
  type LifeCycle,
  listGeneratedValues,
  listLifeCycles,
  type Move,
  memoize,
  type OpenApiDocument,
  plainSamples,
  setAt,
} from "@dots-payouts/openapi";
import { fillExample } from "../sample/fill-example.ts";
import type { FreshValues } from "../sample/fresh-values.ts";
import type { CompiledOperation } from "./compile-operation.ts";

/** The life of a kind of resource (`x-states`), with everything needed to simulate it. */
export interface Life {
  readonly cycle: LifeCycle;
  /** JSON Pointer into the resource: where its ID is. */
  readonly id: string;
  /** Makes a minimal resource with fresh values. */
  readonly blank: (fresh: FreshValues) => Json;
  move(name: string): Move | undefined;
}

/** The lives of all kinds that have one. */
export type Lives = ReadonlyMap<string, Life>;

export function compileLives(document: OpenApiDocument, operations: readonly CompiledOperation[]): Lives {
  return new Map(
    listLifeCycles(document).map((cycle) => {
      const moves = new Map(cycle.moves.map((move) => [move.name, move]));
      const generated = listGeneratedValues(document, cycle.schema);
      const example = leastExample(document, cycle, operations);
      const fill = fillExample(example, [], generated);
      const life: Life = {
        cycle,
        id: idPlace(document, cycle, operations),
        blank: (fresh) => fill(null, fresh, { skipped: new Set(), complete: false }),
        move: memoize((name: string) => moves.get(name)),
      };
      return [cycle.kind, life];
    }),
  );
}

/** Where the ID is: according to the create operation, the list's cursor, or else the first fresh UUID. */
function idPlace(
  document: OpenApiDocument,
  { kind, schema }: LifeCycle,
  operations: readonly CompiledOperation[],
): string {
  const roles = operations.flatMap(({ operation }) => operation.resource ?? []);
  for (const role of roles.filter((known) => known.kind === kind)) {
    if (role.does === "create" && role.at === "") return role.id;
    if (role.does === "list" && role.page.after?.from !== undefined) return role.page.after.from;
  }
  return listGeneratedValues(document, schema).find(({ rule }) => rule === "uuid")?.pointer ?? "";
}

/** The shortest example of a resource: any additional values would be wrong for another one. */
function leastExample(
  document: OpenApiDocument,
  { kind, schema }: LifeCycle,
  operations: readonly CompiledOperation[],
): Json {
  const examples = operations.flatMap(({ operation }): Json[] => {
    const { resource: role, responses } = operation;
    if (role?.kind !== kind || (role.does !== "create" && role.does !== "read")) return [];
    return responses
      .filter(({ status }) => status.startsWith("2"))
      .flatMap(({ content }) => content.flatMap(({ examples: given }) => given))
      .flatMap(({ value }) => getAt(value, role.at) ?? []);
  });
  const lengths = examples.map((example) => ({ example, length: JSON.stringify(example).length }));
  const [least] = lengths.toSorted((one, other) => one.length - other.length);
  const [plain = {}] = plainSamples(document, schema);
  return least?.example ?? plain;
}

/** The state that a resource is in. */
export function stateOf({ cycle }: Life, resource: Json): string {
  return String(getAt(resource, cycle.state));
}

export function withState({ cycle }: Life, resource: Json, state: string): Json {
  return setAt(resource, cycle.state, state);
}
