import { type Operation, parsePointer } from "@dots-payouts/openapi";

/** The rules of an operation's idempotency key, computed once. */
export interface KeyRules {
  /** Reference tokens of the key in the request body. */
  readonly tokens: readonly string[];
  /** Milliseconds for which it protects; `undefined` if it always does. */
  readonly lifetime: number | undefined;
  readonly caseSensitive: boolean;
  /** Whether a refused request uses up its key. */
  readonly usedByRefusal: boolean;
  /** Whether a repeated answer may have another documented success status than the first. */
  readonly anyStatus: boolean;
  /** The scope of the key. Header names are in lower case. */
  readonly scope: readonly ScopePart[];
}

type ScopePart =
  | { readonly by: "client" }
  | { readonly by: "operation" }
  | { readonly by: "header"; readonly name: string };

/** The rules of an operation's idempotency key; `undefined` if it has none. */
export function keyRules({ idempotencyKey: key, parameters }: Operation): KeyRules | undefined {
  if (key === undefined) return undefined;
  return {
    tokens: parsePointer(key.pointer),
    lifetime: key.lifetime,
    caseSensitive: key.caseSensitive,
    usedByRefusal: key.usedByRefusal,
    anyStatus: key.replayStatus === "any",
    scope: key.scope.flatMap((name): ScopePart[] => {
      if (name === "client" || name === "operation") return [{ by: name }];
      const header = parameters.find((parameter) => parameter.option === name && parameter.in === "header");
      return header === undefined ? [] : [{ by: "header", name: header.name.toLowerCase() }];
    }),
  };
}

/**
 * Headers, in lower case, that separate namespaces besides the client: if keys are scoped by them, resources are too.
 */
export function namespaceHeaders(operations: readonly Operation[]): readonly string[] {
  const parts = operations.flatMap((operation) => keyRules(operation)?.scope ?? []);
  return [...new Set(parts.flatMap((part) => (part.by === "header" ? [part.name] : [])))].toSorted();
}
