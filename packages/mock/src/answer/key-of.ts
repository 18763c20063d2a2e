import type { ValidRequest } from "../check/check-body.ts";
import { valueAt } from "../sample/fill-example.ts";
import type { KeyRules } from "../spec/key-rules.ts";
import type { Key } from "../store/store.ts";
import { header } from "../wire/request.ts";

/** The key of a request, with its scope; `undefined` if the request has none. */
export function keyOf(valid: ValidRequest, namespace: string, now: number): Key | undefined {
  const { key: rules } = valid.compiled;
  const value =
    rules === undefined || valid.json === undefined ? undefined : valueAt(valid.json, rules.tokens);
  if (rules === undefined || value === undefined || value === null) return undefined;
  const own = typeof value === "string" && !rules.caseSensitive ? value.toLowerCase() : value;
  const { lifetime } = rules;
  return {
    text: scopeOf(rules, valid) + JSON.stringify(own),
    namespace,
    now,
    until: lifetime === undefined ? undefined : now + lifetime,
  };
}

/** The scope of a key, as JSON. */
function scopeOf(rules: KeyRules, { compiled, client, request }: ValidRequest): string {
  let headers = "";
  for (const part of rules.scope) {
    if (part.by === "header") headers += `${header(request, part.name) ?? "\0"}\n`;
  }
  if (last.rules !== rules || last.client !== client || last.headers !== headers) {
    const parts = rules.scope.map((part) => {
      if (part.by === "client") return client;
      return part.by === "operation" ? compiled.operation.id : (header(request, part.name) ?? null);
    });
    last = { rules, client, headers, text: JSON.stringify(parts) };
  }
  return last.text;
}

/** Cached: a client keeps calling the same operation, and serializing this takes as long as the rest of the key. */
let last: {
  readonly rules: KeyRules | undefined;
  readonly client: string;
  readonly headers: string;
  readonly text: string;
} = { rules: undefined, client: "", headers: "", text: "" };
