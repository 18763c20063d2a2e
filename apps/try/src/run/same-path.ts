import { DocumentError, type Operation } from "@dots-payouts/openapi";

/**
 * Why no request can reach an operation: an earlier one has its method, at a path that differs only in the names of its
 * parameters. OpenAPI forbids that.
 */
export function samePath(
  operations: readonly Operation[],
  id: string | undefined,
): DocumentError | undefined {
  const here = operations.findIndex((operation) => operation.id === id);
  const operation = operations[here];
  if (operation === undefined) return undefined;
  const earlier = operations
    .slice(0, here)
    .find(({ method, path }) => method === operation.method && shapeOf(path) === shapeOf(operation.path));
  if (earlier === undefined) return undefined;
  return new DocumentError(operation.pointer, `this is the same path as ${earlier.path}`);
}

function shapeOf(path: string): string {
  return path.replaceAll(/\{[^{}]*\}/g, "{}");
}
