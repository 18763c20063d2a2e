import { getAt, isObject, isSameJson, type Json, queryOf, removeAt } from "@dots-payouts/openapi";
import type { ValidRequest } from "../check/check-body.ts";
import { valueAt } from "../sample/fill-example.ts";
import type { CompiledOperation } from "../spec/compile-operation.ts";
import type { Warn } from "../store/store.ts";
import type { Reason } from "../wire/refusal.ts";
import type { MockRequest } from "../wire/request.ts";

/**
 * A request to an operation that has a key. It is only checked when somebody reads its warnings, and holds just what
 * that needs: the request itself would keep its connection alive, and the JSON of its body takes far more memory than
 * the text.
 */
export class KeyedRequest {
  readonly #compiled: CompiledOperation;
  readonly #text: string;
  readonly #headers: MockRequest["headers"];
  readonly #target: string;
  #first: string | undefined;

  constructor({ compiled, text, request }: ValidRequest) {
    this.#compiled = compiled;
    this.#text = text;
    this.#headers = request.headers;
    this.#target = request.target;
  }

  /** Remembers that the key was used before, by a request with this body. */
  repeats(first: string): void {
    this.#first = first;
  }

  /** Warns about suspicious keys. */
  look(warn: Warn): void {
    const compiled = this.#compiled;
    const text = this.#text;
    warnOfKey({ compiled, text, request: { headers: this.#headers, target: this.#target } }, warn);
    if (this.#first !== undefined && this.#first !== text) warnOfOtherBody(compiled, text, this.#first, warn);
  }
}

interface Looked extends Pick<ValidRequest, "compiled" | "text"> {
  readonly request: Pick<MockRequest, "headers" | "target">;
}

/** Warns about a key that another server may not recognize, and one in the wrong place. */
function warnOfKey(valid: Looked, warn: Warn): void {
  const { compiled, text } = valid;
  const pointer = compiled.operation.idempotencyKey?.pointer;
  if (pointer === undefined || compiled.key === undefined) return;
  const json: Json = JSON.parse(text);
  const value = valueAt(json, compiled.key.tokens);
  if (typeof value === "string") {
    if (compiled.key.caseSensitive || !isUpperCaseUuid(value)) return;
    const message = `${value} is in upper case. Write keys in lower case: not every server treats both as the same.`;
    warn({ path: pointer, code: "key-case", message });
    return;
  }
  const name = misspelt(json, valid.request, compiled.key.tokens.at(-1) ?? "");
  if (name === undefined) return;
  const message = `${name} is not the idempotency key, which is at ${pointer} in the body. This request has none: sent again, it is carried out again.`;
  warn({ path: "", code: "key-name", message });
}

function isUpperCaseUuid(value: string): boolean {
  return /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value) && value !== value.toLowerCase();
}

/** A field, header or query parameter whose name is almost the key's. */
function misspelt(json: Json, request: Looked["request"], name: string): string | undefined {
  const wanted = bare(name);
  const fields = isObject(json) ? Object.keys(json) : [];
  const inQuery = request.target.includes("?") ? [...queryOf(request.target).keys()] : [];
  return [...fields, ...Object.keys(request.headers), ...inQuery].find(
    // The length rules out most names.
    (other) => Math.abs(other.length - name.length) < 4 && other !== name && bare(other) === wanted,
  );
}

function bare(name: string): string {
  return name.replaceAll(/[^a-z\d]/gi, "").toLowerCase();
}

/** Warns about a key whose first request asked for something else: what is asked for now does not happen. */
function warnOfOtherBody(compiled: CompiledOperation, text: string, first: string, warn: Warn): void {
  if (text === "" || first === "") return;
  const pointer = compiled.operation.idempotencyKey?.pointer ?? "";
  const json: Json = JSON.parse(text);
  const before: Json = JSON.parse(first);
  if (isSameJson(removeAt(json, pointer), removeAt(before, pointer))) return;
  const [did, asks] = [before, json].map((body) => moneyIn(compiled, body));
  const message =
    did === asks
      ? "This key was used before, with a different body. The first answer is returned; what this body asks for does not happen."
      : `This key made ${did} before; you asked for ${asks}. The first answer is returned, and nothing else happens.`;
  const warning: Reason = { path: pointer, code: "key-reused", message };
  warn(warning);
}

/** What a request pays, as text: `10.00 to 1 2025550139`. */
function moneyIn({ operation: { terms } }: CompiledOperation, body: Json): string {
  const amount = terms.amount === undefined ? undefined : getAt(body, terms.amount);
  const paid = typeof amount === "number" ? (amount / 100).toFixed(2) : "a resource";
  const names = terms.recipient.map((pointers) => pointers.map((pointer) => getAt(body, pointer)));
  const [recipient] = names.filter((values) => values.every((value) => typeof value === "string"));
  return recipient === undefined ? paid : `${paid} to ${recipient.join(" ")}`;
}
