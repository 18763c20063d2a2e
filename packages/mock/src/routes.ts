import type { CompiledOperation } from "./compiled-operation.ts";

/** A path that is served, with its operations by method. */
interface Route {
  readonly operations: ReadonlyMap<string, CompiledOperation>;
  /** The value of an Allow header (RFC 9110 §10.2.1). */
  readonly allow: string;
}

export interface Match {
  readonly route: Route;
  /** The path below the server's base path, as the document's templates have it. */
  readonly path: string;
}

export interface Routes {
  /** The route of a path, or `undefined` where nothing is served. */
  match(path: string): Match | undefined;
}

interface Template {
  /** The text of a segment, or what it looks like where it holds parameters. */
  readonly segments: readonly (string | RegExp)[];
  readonly route: Route;
}

/** Serves each path at the root and below every base path. A literal segment goes before a templated one. */
export function compileRoutes(
  operations: readonly CompiledOperation[],
  basePaths: readonly string[],
): Routes {
  const byPath = new Map<string, CompiledOperation[]>();
  for (const compiled of operations) {
    const { path } = compiled.operation;
    byPath.set(path, [...(byPath.get(path) ?? []), compiled]);
  }
  const bases = [...new Set(["", ...basePaths])];
  const whole = new Map<string, Match>();
  const templates: Template[] = [];
  for (const [path, owned] of byPath) {
    const route = toRoute(owned);
    if (path.includes("{")) templates.push({ segments: path.split("/").map(toSegment), route });
    else for (const base of bases) whole.set(base + path, { route, path });
  }
  templates.sort((a, b) => count(a) - count(b) || literals(b) - literals(a));

  return {
    match(path) {
      const literal = whole.get(path);
      if (literal !== undefined) return literal;
      const segments = decode(path);
      if (segments === undefined) return undefined;
      const decoded = segments.some((segment) => segment.includes("/")) ? undefined : segments.join("/");
      const found = decoded === undefined ? undefined : whole.get(decoded);
      if (found !== undefined) return found;
      for (const base of bases) {
        if (!path.startsWith(`${base}/`)) continue;
        const below = segments.slice(base.split("/").length - 1);
        const template = templates.find((candidate) => fits(candidate, ["", ...below.slice(1)]));
        if (template !== undefined) return { route: template.route, path: path.slice(base.length) };
      }
      return undefined;
    },
  };
}

function toRoute(operations: readonly CompiledOperation[]): Route {
  const byMethod = new Map(operations.map((compiled) => [compiled.operation.method, compiled]));
  const get = byMethod.get("GET");
  if (get !== undefined && !byMethod.has("HEAD")) byMethod.set("HEAD", get);
  return { operations: byMethod, allow: [...new Set([...byMethod.keys(), "OPTIONS"])].join(", ") };
}

function count({ segments }: Template): number {
  return segments.filter((segment) => typeof segment !== "string").length;
}

/** How long the texts are that stand beside parameters: `{id}:open` says more than `{id}`. */
function literals({ segments }: Template): number {
  return segments.reduce(
    (sum, segment) => sum + (typeof segment === "string" ? 0 : segment.source.length),
    0,
  );
}

function toSegment(segment: string): string | RegExp {
  if (!segment.includes("{")) return segment;
  const parts = segment.split(/\{[^}]+\}/).map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".+")}$`, "s");
}

function fits({ segments }: Template, path: readonly string[]): boolean {
  return (
    segments.length === path.length &&
    segments.every((segment, index) => {
      const given = path[index] ?? "";
      return typeof segment === "string" ? segment === given : segment.test(given);
    })
  );
}

function decode(path: string): string[] | undefined {
  try {
    return path.split("/").map(decodeURIComponent);
  } catch {
    return undefined;
  }
}
