import { getAt, type Json } from "@dots-payouts/openapi";
import { type Answer, type Exchange, isAnswer, parseJson } from "../http/request.ts";
import type { Context } from "../suite/context.ts";
import type { TestedOperation } from "../suite/tested-operation.ts";
import { type BrokenPromise, noAnswer } from "./broken-promise.ts";
import { expectDocumented } from "./expect-documented.ts";
import { expectEcho } from "./expect-echo.ts";
import { expectFresh } from "./expect-fresh.ts";

/**
 * Expects an answer to be a success, made for a body that was sent for the first time.
 * @param about what is special about the request
 */
export function expectCreated(
  context: Context,
  tested: TestedOperation,
  exchange: Exchange,
  sent: Json | undefined,
  about = "",
): BrokenPromise[] {
  const answer = exchange.outcome;
  const broken = expectSuccess(tested, exchange, about);
  if (isAnswer(answer) && isSuccess(tested, answer)) context.accepted.note(tested, sent);
  const success = isAnswer(answer) ? tested.successAt(answer.status) : undefined;
  const key = tested.operation.idempotencyKey?.pointer;
  if (
    success !== undefined &&
    sent !== undefined &&
    key !== undefined &&
    typeof getAt(sent, key) === "string"
  ) {
    context.noteKey({ operation: tested.operation.id, sent, exchange });
  }
  const json = isAnswer(answer) ? parseJson(answer.body) : undefined;
  if (success === undefined || json === undefined) return broken;
  return [
    ...broken,
    ...expectEcho(tested, success, exchange, sent, json),
    ...expectFresh(context, tested, success, exchange, sent, json),
  ];
}

/** Expects the documented success: status, content type, JSON, schema. */
export function expectSuccess(tested: TestedOperation, exchange: Exchange, about = ""): BrokenPromise[] {
  const wanted = tested.successes.map(({ status }) => status).join(" or ");
  const place = tested.successes[0]?.pointer ?? tested.operation.pointer;
  const expected = `a valid request is answered with ${wanted}`;
  const { outcome } = exchange;
  if (!isAnswer(outcome)) return [noAnswer(exchange, expected, place)];
  if (isSuccess(tested, outcome)) return expectDocumented(tested, exchange, outcome);
  const cause = `a valid request is answered with ${outcome.status}`;
  const refused = isDocumentedRefusal(tested, outcome) ? bodyOf(exchange) : undefined;
  const broken = {
    severity: "data",
    expected,
    place,
    exchanges: [exchange],
    ...(refused === undefined ? {} : { refused }),
  } as const;
  // If the smallest request fails, the others fail for the same reason.
  if (about === "") return [{ ...broken, cause, broader: { cause, from: "many" } }];
  return [{ ...broken, cause: `${cause}: ${about}`, broader: { cause, from: "all" } }];
}

/** Whether an answer has a status that is documented for success. */
export function isSuccess(tested: TestedOperation, answer: Answer): boolean {
  const documented = tested.documented(answer.status);
  return documented !== undefined && tested.successes.includes(documented);
}

/** The JSON that was sent; `undefined` if it was not JSON. */
function bodyOf({ request }: Exchange): Json | undefined {
  return typeof request.body === "string" ? parseJson(request.body) : undefined;
}

/** Whether a request with the right credentials was refused as the spec documents. */
function isDocumentedRefusal(tested: TestedOperation, { status }: Answer): boolean {
  return status >= 400 && status < 500 && status !== 401 && tested.documented(status) !== undefined;
}

/** Whether a request was carried out, whatever else is wrong with the answer. */
export function isMade(tested: TestedOperation, { outcome }: Exchange): boolean {
  return isAnswer(outcome) && isSuccess(tested, outcome);
}
