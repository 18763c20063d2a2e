import type { Operation } from "../runtime/operation.ts";

/** A request body with the key that makes it safe to repeat. */
export interface Keyed {
  readonly body: unknown;
  readonly key: string | undefined;
}

/**
 * Puts the idempotency key where the operation takes it: the one in the body, or the one given, or a fresh UUID.
 * @throws Error when the two are at odds, or there is no place for one.
 */
export function withKey({ key: place }: Operation, body: unknown, given: string | undefined): Keyed {
  if (!place) {
    if (given !== undefined) throw new Error("the operation takes no idempotency key");
    return { body, key: undefined };
  }
  const own = place.reduce<unknown>((node, name) => (isObject(node) ? node[name] : undefined), body) ?? given;
  const key = own ?? crypto.randomUUID();
  if (typeof key !== "string" || key === "") throw new Error("the idempotency key is not a text, or empty");
  if (given !== undefined && given !== key) {
    throw new Error("the idempotency keys in body and options differ");
  }
  return { key, body: put(body, place, key) };
}

function put(node: unknown, [name = "", ...rest]: readonly string[], key: string): unknown {
  if (node !== undefined && !isObject(node)) throw new Error("the body is not an object");
  return { ...node, [name]: rest.length > 0 ? put(node?.[name], rest, key) : key };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
