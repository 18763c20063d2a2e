import type { Json } from "@dots-payouts/openapi";
import type { BrokenPromise } from "../expectations/broken-promise.ts";
import type { Exchange } from "../http/request.ts";
import { makeRequest } from "../requests/make-request.ts";
import type { Context } from "../suite/context.ts";
import type { TestedBody } from "../suite/tested-body.ts";
import type { TestedOperation } from "../suite/tested-operation.ts";

/** How many random bodies are in progress at once, so that a run is no heavier than requested. */
const BATCH = 5;

type Expect = (exchange: Exchange, sent: Json) => readonly BrokenPromise[];

/** Sends a body, with a fresh idempotency key if it has one, and returns what is wrong with the answer. */
export async function tryBody(
  context: Context,
  tested: TestedOperation,
  body: TestedBody,
  value: Json,
  expect: Expect,
): Promise<BrokenPromise[]> {
  const sent = body.fresh(value);
  const exchange = await context.server.send(makeRequest(context.suite, tested, sent));
  return expect(exchange, sent).map((each) => ({
    ...each,
    again: {
      body: value,
      errors: (other) => body.errors(other),
      send: (other) => tryBody(context, tested, body, other, expect),
    },
  }));
}

/** Tries many bodies, a few at a time. */
export async function tryBodies(
  context: Context,
  tested: TestedOperation,
  body: TestedBody,
  values: readonly Json[],
  expect: Expect,
): Promise<BrokenPromise[]> {
  const broken: BrokenPromise[] = [];
  for (let start = 0; start < values.length; start += BATCH) {
    const batch = values.slice(start, start + BATCH);
    const found = await Promise.all(batch.map((value) => tryBody(context, tested, body, value, expect)));
    broken.push(...found.flat());
  }
  return broken;
}
