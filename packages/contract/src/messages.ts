import type { Json } from "@dots-payouts/openapi";
import type { Suite } from "./check.ts";
import { rightAuthorization } from "./credentials.ts";
import type { WireRequest } from "./http/request.ts";
import type { Subject } from "./subject.ts";
import { partsAt } from "./values/fields.ts";
import { sample } from "./values/sample.ts";

/**
 * A request to an operation with the right credentials and, where given, a JSON body.
 * @param values of parameters in path and query, by name
 */
export function message(
  suite: Suite,
  subject: Subject,
  body?: Json,
  values: Readonly<Record<string, string>> = {},
): WireRequest {
  const { operation } = subject;
  const headers: Record<string, string> = { accept: "application/json" };
  if (body !== undefined) headers["content-type"] = subject.body?.media.type ?? "application/json";
  return {
    method: operation.method,
    path: pathOf(suite, subject, values),
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(operation.security.length === 0 ? {} : { authorization: rightAuthorization(suite.credentials) }),
  };
}

/** A request that the operation has to accept: the smallest one. */
export function smallestMessage(suite: Suite, subject: Subject): WireRequest {
  return message(suite, subject, subject.body?.smallest[0]);
}

/** The operation's path with its parameters filled in by their examples, or by plain samples of their schemas. */
function pathOf(suite: Suite, { operation }: Subject, values: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams();
  let path = operation.path;
  for (const parameter of operation.parameters) {
    const wanted = values[parameter.name];
    if (!parameter.required && wanted === undefined) continue;
    const given = wanted ?? parameter.node["example"];
    const parts = parameter.schema === undefined ? [] : partsAt(suite.spec.document, [parameter.schema]);
    const value = String(given ?? sample(parts));
    if (parameter.in === "path") path = path.replace(`{${parameter.name}}`, encodeURIComponent(value));
    if (parameter.in === "query") query.set(parameter.name, value);
  }
  return query.size === 0 ? path : `${path}?${query}`;
}
