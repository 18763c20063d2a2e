import { pathOf } from "@dots-payouts/openapi";
import type { CompiledOperation } from "../spec/compile-operation.ts";
import type { ServedSpec } from "../spec/served-spec.ts";
import type { MockAnswer } from "../wire/answer.ts";
import { refuse } from "../wire/refusal.ts";
import type { MockRequest } from "../wire/request.ts";

/** The operation that a request is for. */
export interface FoundOperation {
  readonly compiled: CompiledOperation;
  /** The path below the server's base path. */
  readonly path: string;
}

/**
 * The operation that a request is for; or the answer, if it asks which methods exist.
 * @throws Refusal (404, 405, 414) if nothing is served there.
 */
export function findOperation(
  { routes }: ServedSpec,
  request: MockRequest,
): FoundOperation | { readonly answer: MockAnswer } {
  if (request.target.length > 8_192) {
    throw refuse(414, "target", "The path is longer than 8192 characters.");
  }
  const path = pathOf(request.target);
  const match = routes.match(path);
  if (match === undefined) throw refuse(404, "path", `Nothing is served at ${path}.`);
  const { operations, allow } = match.route;
  const compiled = operations.get(request.method);
  if (compiled !== undefined) return { compiled, path: match.path };
  if (request.method === "OPTIONS") return { answer: { status: 204, headers: { allow }, body: "" } };
  throw refuse(405, "method", `${request.method} is not supported here. Supported: ${allow}.`, { allow });
}
