import { valueAt } from "../sample/fill-example.ts";
import type { KeyRules } from "../spec/key-rules.ts";
import type { Key } from "../store/store.ts";
import { header } from "../wire/request.ts";
import type { ValidRequest } from "./check-body.ts";

/** The key of a request, with all that it counts for separately; `undefined` where the request has none. */
export function keyOf(valid: ValidRequest, now: number): Key | undefined {
  const { key: rules } = valid.compiled;
  const value =
    rules === undefined || valid.json === undefined ? undefined : valueAt(valid.json, rules.tokens);
  if (rules === undefined || value === undefined || value === null) return undefined;
  const own = typeof value === "string" && !rules.caseSensitive ? value.toLowerCase() : value;
  const { lifetime } = rules;
  return {
    text: JSON.stringify([...scopeOf(rules, valid), own]),
    now,
    until: lifetime === undefined ? undefined : now + lifetime,
  };
}

function scopeOf({ scope }: KeyRules, { compiled, client, request }: ValidRequest): (string | null)[] {
  return scope.map((part) => {
    if (part.by === "client") return client;
    return part.by === "operation" ? compiled.operation.id : (header(request, part.name) ?? null);
  });
}
