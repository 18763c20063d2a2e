import { concreteType, type Json } from "@dots-payouts/openapi";
import type { WireRequest } from "../http/request.ts";
import type { Suite } from "../suite/suite.ts";
import type { TestedOperation } from "../suite/tested-operation.ts";
import { loginFor } from "./login.ts";
import { placeParameters, whyUnplaceable } from "./parameters.ts";

/**
 * A request to an operation with the right credentials and, where given, a JSON body.
 * @param values of parameters in path and query, by name
 */
export function makeRequest(
  suite: Suite,
  tested: TestedOperation,
  body?: Json,
  values: Readonly<Record<string, string>> = {},
): WireRequest {
  const { operation } = tested;
  const login = loginFor(operation, suite.credentials);
  const placed = placeParameters(suite, operation, values, login?.query ?? {});
  const headers: Record<string, string> = {
    accept: tested.success?.media.type ?? tested.successes[0]?.content[0]?.type ?? "application/json",
    ...placed.headers,
    ...login?.headers,
  };
  if (body !== undefined) headers["content-type"] = concreteType(tested.body?.media.type ?? "*/*");
  return {
    method: operation.method,
    path: placed.path,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(login?.authorization === undefined ? {} : { authorization: login.authorization }),
  };
}

/** A request that the operation has to accept: the smallest one. */
export function smallestRequest(suite: Suite, tested: TestedOperation): WireRequest {
  return makeRequest(suite, tested, tested.body?.smallest[0]);
}

/** Why no request to an operation can be made; `undefined` where one can. */
export function whyUnsendable(suite: Suite, { operation, body }: TestedOperation): string | undefined {
  if (loginFor(operation, suite.credentials) === undefined) return "its credentials cannot be sent";
  if (operation.requestBody?.required === true && body === undefined) {
    return "it takes a body for which no valid JSON is known";
  }
  return whyUnplaceable(suite, operation);
}
