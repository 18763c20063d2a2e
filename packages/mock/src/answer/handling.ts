import type { Handling } from "../journal/noted-request.ts";
import type { Reason } from "../wire/refusal.ts";
import type { MockRequest } from "../wire/request.ts";
import type { Context, Progress } from "./context.ts";

/** How a request was handled, as the journal shows it. */
export function handlingOf(
  { spec, namespaces, strict }: Context,
  request: MockRequest,
  progress: Progress,
  reasons: readonly Reason[],
): Handling {
  return {
    operation: progress.compiled?.operation.id,
    namespace: progress.namespace ?? namespaces.ofCaller(request),
    body: progress.body,
    reasons,
    warnings: progress.warnings,
    replayed: progress.replayed,
    // A strict mock has already checked it.
    keyed: strict ? undefined : progress.keyed,
    places: spec.credentialPlaces,
  };
}
