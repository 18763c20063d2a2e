import type { Operation } from "@dots-payouts/openapi";
import { namespaceHeaders } from "../spec/key-rules.ts";
import { header, type MockRequest } from "../wire/request.ts";
import { clientIn } from "./credentials.ts";

/** The owner of something: a client, and an app if a header of its requests names one. */
export interface Namespaces {
  /** The namespace of a client, for a request with these headers. */
  of(client: string, request: Pick<MockRequest, "headers">): string;
  /** The namespace of a request's credentials; `undefined` if it has none. */
  ofCaller(request: MockRequest): string | undefined;
}

/** @param shared whether everyone shares one namespace */
export function namespacesOf(operations: readonly Operation[], shared: boolean): Namespaces {
  if (shared) return { of: () => SHARED, ofCaller: () => undefined };
  const names = namespaceHeaders(operations);
  const requirements = operations.flatMap(({ security }) => security);
  // Cached: a client keeps sending requests, and a freshly built string is slow to look up.
  let last: { readonly client?: string; readonly app?: string; readonly text: string } = { text: "" };
  const of: Namespaces["of"] = (client, request) => {
    let app = "";
    for (const name of names) app += `${header(request, name) ?? ""}\n`;
    if (last.client !== client || last.app !== app)
      last = { client, app, text: JSON.stringify([client, app]) };
    return last.text;
  };
  return {
    of,
    ofCaller(request) {
      const client = clientIn(requirements, request);
      return client === undefined ? undefined : of(client, request);
    },
  };
}

const SHARED = "[]";
