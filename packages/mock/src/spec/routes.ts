import type { CompiledOperation } from "./compile-operation.ts";
import { templateIndex } from "./template-index.ts";

/** A path that is served, with its operations by method. */
interface Route {
  readonly operations: ReadonlyMap<string, CompiledOperation>;
  /** The value of an Allow header (RFC 9110 §10.2.1). */
  readonly allow: string;
}

interface Match {
  readonly route: Route;
  /** The path below the server's base path, as the document's templates have it. */
  readonly path: string;
}

export interface Routes {
  /** The route of a path, or `undefined` if nothing is served. */
  match(path: string): Match | undefined;
}

/** Serves each path at the root and below every base path. A literal path takes precedence over a template. */
export function compileRoutes(
  operations: readonly CompiledOperation[],
  basePaths: readonly string[],
): Routes {
  const byPath = new Map<string, CompiledOperation[]>();
  for (const compiled of operations) {
    // Templates that differ only in the names of their parameters are the same path.
    const path = compiled.operation.path.replaceAll(/\{[^{}]*\}/g, "{_}");
    byPath.set(path, [...(byPath.get(path) ?? []), compiled]);
  }
  const bases = [...new Set(["", ...basePaths])];
  const literals = new Map<string, Match>();
  const templates = templateIndex<Route>();
  for (const [path, owned] of byPath) {
    const route = toRoute(owned);
    if (path.includes("{")) templates.add(path.split("/"), route);
    else for (const base of bases) literals.set(base + path, { route, path });
  }

  return {
    match(path) {
      const literal = literals.get(path);
      if (literal !== undefined) return literal;
      const segments = decode(path);
      if (segments === undefined) return undefined;
      const decoded = segments.some((segment) => segment.includes("/")) ? undefined : segments.join("/");
      const found = decoded === undefined ? undefined : literals.get(decoded);
      if (found !== undefined) return found;
      for (const base of bases) {
        if (!path.startsWith(`${base}/`)) continue;
        const below = segments.slice(base.split("/").length - 1);
        const route = templates.find(["", ...below.slice(1)]);
        if (route !== undefined) return { route, path: path.slice(base.length) };
      }
      return undefined;
    },
  };
}

function toRoute(operations: readonly CompiledOperation[]): Route {
  const byMethod = new Map<string, CompiledOperation>();
  for (const compiled of operations) {
    const { method } = compiled.operation;
    if (!byMethod.has(method)) byMethod.set(method, compiled);
  }
  const get = byMethod.get("GET");
  if (get !== undefined && !byMethod.has("HEAD")) byMethod.set("HEAD", get);
  return { operations: byMethod, allow: [...new Set([...byMethod.keys(), "OPTIONS"])].join(", ") };
}

function decode(path: string): string[] | undefined {
  try {
    return path.split("/").map(decodeURIComponent);
  } catch {
    return undefined;
  }
}
