import { getAt, isObject, type Json, type JsonObject, setAt } from "@dots-payouts/openapi";
import { type Account, describeAccount } from "../ledger/account.ts";
import type { NewIntent } from "../ledger/intent.ts";
import { deriveKey, digestOf } from "../ledger/key.ts";
import { type Times, windowOf } from "../ledger/times.ts";
import { OutboxError } from "../outbox-error.ts";
import { storableName, whyNoName } from "../storable.ts";
import type { Call } from "./calls.ts";

/** The names of our reference in the field that the spec declares for it. */
const REFERENCE_ID = "outbox_id";
const REFERENCE_DIGEST = "outbox_digest";

export interface Given {
  readonly id: string;
  readonly call: Call;
  /** What the caller wants to send. */
  readonly body: JsonObject;
  /** 0 for the first key. */
  readonly generation: number;
}

/**
 * Makes the exact text to send, including the key and our reference.
 * @throws OutboxError if the body contains values that only the outbox may set
 */
export function composeIntent(
  { id, call, body, generation }: Given,
  account: Account,
  times: Times,
): NewIntent {
  if (id === "") throw new OutboxError("An intent needs your own ID, such as an order number.");
  const problem = whyNoName(id);
  if (problem !== undefined) throw new OutboxError(`The ID ${shorten(JSON.stringify(id))} ${problem}.`);
  const inexact = inexactIn(body);
  if (inexact !== undefined) throw new OutboxError(`${id}: ${inexact} is too large to be kept exactly.`);
  const digest = digestOf(body);
  const referred = withReference(body, call.referenceAt, id, digest);
  const key =
    call.key === undefined
      ? undefined
      : deriveKey([describeAccount(account), call.name, id, generation, digest]);
  if (call.key !== undefined && (getAt(body, call.key.at) ?? null) !== null) {
    throw new OutboxError(
      `${id}: leave out ${call.key.at}. The outbox makes the key, and stores it with the row.`,
    );
  }
  const complete =
    call.key === undefined || key === undefined ? referred.body : setAt(referred.body, call.key.at, key);
  return {
    id,
    call: call.name,
    given: JSON.stringify(body),
    digest,
    body: JSON.stringify(complete),
    key,
    window: call.key === undefined ? undefined : windowOf(call.key.lifetime, times),
    amount: amountOf(call, body),
    findable: referred.findable,
  };
}

/** A whole number that JSON would not represent exactly. */
function inexactIn(value: Json): number | undefined {
  if (typeof value === "number")
    return Number.isInteger(value) && !Number.isSafeInteger(value) ? value : undefined;
  if (typeof value !== "object" || value === null) return undefined;
  for (const inner of Object.values(value)) {
    const found = inexactIn(inner ?? null);
    if (found !== undefined) return found;
  }
  return undefined;
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** The amount that a request pays, as a whole number; 0 if the spec does not say where it is. */
function amountOf({ amountAt }: Call, body: Json): number {
  const amount = amountAt === undefined ? 0 : getAt(body, amountAt);
  return typeof amount === "number" && Number.isSafeInteger(amount) && amount > 0 ? amount : 0;
}

/** Adds our reference if there is room: the field is an object, or absent. */
function withReference(
  body: JsonObject,
  at: string | undefined,
  id: string,
  digest: string,
): { readonly body: Json; readonly findable: boolean } {
  if (at === undefined) return { body, findable: false };
  const present = getAt(body, at) ?? {};
  if (!isObject(present)) return { body, findable: false };
  for (const name of [REFERENCE_ID, REFERENCE_DIGEST]) {
    if (Object.hasOwn(present, name))
      throw new OutboxError(`${id}: ${at}/${name} is reserved for the outbox.`);
  }
  const reference = { ...present, [REFERENCE_ID]: id, [REFERENCE_DIGEST]: digest };
  return { body: setAt(body, at, reference), findable: true };
}

/** Our reference in an object from the API. */
export function referenceIn(
  value: Json,
  at: string | undefined,
): { readonly reference: string; readonly digest: string | undefined } | undefined {
  const place = at === undefined ? undefined : getAt(value, at);
  if (!isObject(place)) return undefined;
  const { [REFERENCE_ID]: reference, [REFERENCE_DIGEST]: digest } = place;
  if (typeof reference !== "string") return undefined;
  return {
    reference: storableName(reference),
    digest: typeof digest === "string" ? storableName(digest) : undefined,
  };
}
