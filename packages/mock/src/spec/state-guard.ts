import { lifeCycleOf, type OpenApiDocument, type Operation } from "@dots-payouts/openapi";

/** The states in which an operation can be carried out on its resource. */
export interface StateGuard {
  /** JSON Pointer into the resource: where its state is. */
  readonly state: string;
  readonly from: readonly string[];
}

/** What the move of an operation (`x-states`) asks of its resource; `undefined` where it makes none. */
export function stateGuard(document: OpenApiDocument, { resource }: Operation): StateGuard | undefined {
  if (resource?.does !== "change" || resource.move === undefined) return undefined;
  const cycle = lifeCycleOf(document, resource.kind);
  const move = cycle?.moves.find(({ name }) => name === resource.move);
  return cycle === undefined || move === undefined ? undefined : { state: cycle.state, from: move.from };
}
