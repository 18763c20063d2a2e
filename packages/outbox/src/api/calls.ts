import {
  type Creates,
  type ErrorCodes,
  jsonContent,
  lifeCycleOf,
  listGeneratedValues,
  listOperations,
  type OpenApiDocument,
  type Operation,
  readErrorCodes,
  usualSuccess,
} from "@dots-payouts/openapi";
import { OutboxError } from "../outbox-error.ts";
import { type Delivery, deliveriesOf } from "./deliveries.ts";
import { followUpsOf, readersOf } from "./follow-ups.ts";
import type { Kind } from "./kinds.ts";

/** An operation that an intent can call, by the name of the client's method. */
export interface Call {
  readonly name: string;
  /** The operation's ID in the spec. */
  readonly operation: string;
  /** JSON Pointer to the schema of the request body in the spec. */
  readonly schema: string;
  /** Absent if the operation takes no idempotency key. */
  readonly key: CallKey | undefined;
  readonly amountAt: string | undefined;
  readonly referenceAt: string | undefined;
  readonly recipients: readonly (readonly string[])[];
  readonly deliveries: readonly Delivery[];
  /** JSON Pointer into the success: where the created object is. */
  readonly objectAt: string;
  readonly kind: Kind;
  /** Where the created object repeats sent values, according to the spec. JSON Pointers into the object. */
  readonly echo: { readonly amountAt: string | undefined; readonly referenceAt: string | undefined };
}

/** The idempotency key of a call. */
interface CallKey {
  /** JSON Pointer into the request body. */
  readonly at: string;
  /** How long it protects, in milliseconds. */
  readonly lifetime: number;
  /** The scope of the key. */
  readonly scope: readonly string[];
}

/** What the spec says about the operations that create something. */
export interface Api {
  readonly document: OpenApiDocument;
  readonly codes: ErrorCodes;
  /** @throws OutboxError if there is no such call; it lists the existing ones. */
  call(name: string): Call;
  readonly calls: readonly Call[];
}

/** Reads from a spec which calls can be sent. */
export function readApi(document: OpenApiDocument): Api {
  const operations = listOperations(document);
  const calls = operations.flatMap((operation) => readCall(document, operation, operations) ?? []);
  return {
    document,
    codes: readErrorCodes(document["x-error-codes"], "/x-error-codes"),
    calls,
    call(name) {
      const found = calls.find((call) => call.name === name);
      if (found !== undefined) return found;
      throw new OutboxError(
        `There is no call ${JSON.stringify(name)}. Available: ${calls.map((call) => call.name).join(", ")}.`,
      );
    },
  };
}

function readCall(
  document: OpenApiDocument,
  operation: Operation,
  operations: readonly Operation[],
): Call | undefined {
  const { client, resource, terms } = operation;
  const schema = jsonContent(operation.requestBody?.content ?? [])?.schema;
  if (client === undefined || resource?.does !== "create" || schema === undefined) return undefined;
  return {
    name: client,
    operation: operation.id,
    schema,
    key: readKey(operation),
    amountAt: terms.amount,
    referenceAt: terms.reference,
    recipients: terms.recipient,
    deliveries: deliveriesOf(document, schema),
    objectAt: resource.at,
    kind: readKind(document, operation, resource, operations),
    echo: {
      amountAt: echoOf(operation, terms.amount, resource.at),
      referenceAt: echoOf(operation, terms.reference, resource.at),
    },
  };
}

/** Where the created object repeats a field of the request. */
function echoOf({ responses }: Operation, field: string | undefined, at: string): string | undefined {
  const found = usualSuccess(responses)?.echo.find(({ request }) => request === field);
  return found === undefined ? undefined : within(found.response, at);
}

/** If the lifetime of a key is not documented, it is sent, but not relied on. */
function readKey({ idempotencyKey }: Operation): Call["key"] {
  if (idempotencyKey === undefined) return undefined;
  const { pointer, lifetime = 0, scope } = idempotencyKey;
  return { at: pointer, lifetime, scope };
}

function readKind(
  document: OpenApiDocument,
  operation: Operation,
  { kind: name, id, at }: Creates,
  operations: readonly Operation[],
): Kind {
  const success = usualSuccess(operation.responses);
  const schema = jsonContent(success?.content ?? [])?.schema;
  const created = schema === undefined ? [] : listGeneratedValues(document, schema);
  const { reference } = operation.terms;
  const unsaid = reference === undefined ? undefined : within(reference, at);
  const idAt = within(id, at);
  return {
    name,
    idAt,
    referenceAt: echoOf(operation, reference, at) ?? unsaid,
    createdAt: created
      .filter(({ rule }) => rule === "now")
      .map(({ pointer }) => within(pointer, at))
      .at(0),
    fateAt: lifeCycleOf(document, name)?.state,
    ...readersOf(name, operations),
    followUps: followUpsOf(document, { name, idAt }, operations),
  };
}

/** Turns a pointer into a success into one relative to the object at `at`. */
function within(pointer: string, at: string): string {
  return pointer.startsWith(`${at}/`) ? pointer.slice(at.length) : pointer;
}
