import type { Json } from "@dots-payouts/openapi";

/** What an operation requires and returns, independent of how a document writes it. */
export interface Model {
  readonly parameters: readonly Parameter[];
  readonly body: Body | undefined;
  /** By status, range of statuses, or `default`. */
  readonly answers: Readonly<Record<string, Answer>>;
  /** The alternatives of credentials: the scopes that each requires of each scheme. Empty: no credentials. */
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  /** Whether the API key is in an unusual header. */
  readonly otherKey: boolean;
  readonly servers: readonly string[];
  /** `x-idempotency-key`. */
  readonly key: Readonly<Record<string, Json>> | undefined;
  /** An unknown extension, and where it is. */
  readonly odd: { readonly at: "operation" | "body" | "answer" | "path"; readonly value: number } | undefined;
}

export interface Parameter {
  readonly name: string;
  readonly in: "query" | "header" | "path" | "cookie";
  readonly required: boolean;
  readonly schema: Json;
  readonly explode: boolean | undefined;
}

export interface Body {
  readonly required: boolean;
  /** The schema of each media type. */
  readonly content: Readonly<Record<string, Json>>;
}

export interface Answer {
  readonly content: Readonly<Record<string, Json>>;
  readonly headers: Readonly<Record<string, { readonly required: boolean; readonly schema: Json }>>;
}

/** How a document writes an operation. The meaning is the same. */
export interface Writing {
  readonly event: boolean;
  readonly byReference: boolean;
  readonly parametersAtPath: boolean;
  readonly securityAtDocument: boolean;
  readonly serversAt: "document" | "path" | "operation";
  readonly backwards: boolean;
}

export interface OperationPair {
  readonly before: Model;
  readonly after: Model;
  readonly writing: readonly [Writing, Writing];
}

/** An equal text for models that mean the same. Events have no path, server or credentials. */
export function meaning({ parameters, security, otherKey, servers, ...rest }: Model, event: boolean): string {
  const asked = event ? parameters.filter((one) => one.in !== "path") : parameters;
  const access = {
    security: (security.length === 0 ? [{}] : security).map(text).sort(),
    servers,
    otherKey: otherKey && security.some((way) => way["k"] !== undefined),
  };
  return text({ ...rest, parameters: asked.map(spelledOut).map(text).sort(), ...(event ? {} : access) });
}

function spelledOut(parameter: Parameter): Parameter {
  const { in: place, explode = place === "query" || place === "cookie" } = parameter;
  return { ...parameter, explode };
}

function text(value: unknown): string {
  return JSON.stringify(value, (_, node: unknown) =>
    typeof node === "object" && node !== null && !Array.isArray(node)
      ? Object.fromEntries(Object.entries(node).sort(([one], [other]) => (one < other ? -1 : 1)))
      : node,
  );
}
