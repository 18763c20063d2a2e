import { concreteType, getAt, type Json } from "@dots-payouts/openapi";
import type { Credentials } from "../http/credentials.ts";
import type { WireRequest } from "../http/request.ts";
import type { Suite } from "../suite/suite.ts";
import type { TestedOperation } from "../suite/tested-operation.ts";
import { loginFor } from "./login.ts";
import { placeParameters, type Written, whyUnplaceable } from "./parameters.ts";

/** What requests are made from. Without credentials they have no authorization. */
export interface Sender {
  readonly spec: Suite["spec"];
  readonly headerOptions: Suite["headerOptions"];
  readonly credentials: Credentials | undefined;
}

/**
 * A request to an operation, with a body if one is given.
 * @param values of parameters in path and query, by name
 * @param written parameters in the query that are given as they are sent
 */
export function makeRequest(
  sender: Sender,
  tested: TestedOperation,
  body?: Json,
  values: Readonly<Record<string, string>> = {},
  written: Written = {},
): WireRequest {
  const { operation } = tested;
  const { credentials } = sender;
  const login = credentials === undefined ? undefined : loginFor(operation, credentials);
  const placed = placeParameters(sender, operation, values, login?.query ?? {}, written);
  const headers: Record<string, string> = {
    accept: tested.success?.media.type ?? tested.successes[0]?.content[0]?.type ?? "application/json",
    ...placed.headers,
    ...login?.headers,
  };
  if (body !== undefined) headers["content-type"] = concreteType(tested.body?.media.type ?? "*/*");
  const key =
    operation.idempotencyKey === undefined
      ? undefined
      : getAt(body ?? null, operation.idempotencyKey.pointer);
  return {
    method: operation.method,
    path: placed.path,
    headers,
    ...(body === undefined ? {} : { body: tested.body?.write(body) ?? JSON.stringify(body) }),
    operation: operation.id,
    ...(typeof key === "string" ? { key } : {}),
    ...(login?.authorization === undefined ? {} : { authorization: login.authorization }),
  };
}

/** The smallest request that the operation must accept. */
export function smallestRequest(sender: Sender, tested: TestedOperation): WireRequest {
  return makeRequest(sender, tested, tested.body?.smallest[0]);
}

/** Why no request to an operation can be built; `undefined` if one can. */
export function whyUnsendable(suite: Suite, { operation, body }: TestedOperation): string | undefined {
  if (loginFor(operation, suite.credentials) === undefined) return "its credentials cannot be sent";
  if (operation.requestBody?.required === true && body === undefined) {
    return "no valid body is known for it";
  }
  return whyUnplaceable(suite, operation);
}
