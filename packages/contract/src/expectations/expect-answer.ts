import { contentFor, essence, isJson, type Json } from "@dots-payouts/openapi";
import { type Answer, type Exchange, isAnswer, parseJson } from "../http/request.ts";
import type { Context } from "../suite/context.ts";
import type { TestedOperation } from "../suite/tested-operation.ts";
import type { BrokenPromise } from "./broken-promise.ts";
import { noAnswer } from "./broken-promise.ts";
import { expectEcho } from "./expect-echo.ts";
import { expectFresh } from "./expect-fresh.ts";

/**
 * Expects an answer to be a success, made for a body that was sent for the first time.
 * @param about what is special about the request, in words
 */
export function expectCreated(
  context: Context,
  tested: TestedOperation,
  exchange: Exchange,
  sent: Json | undefined,
  about = "",
): BrokenPromise[] {
  const broken = expectSuccess(tested, exchange, about);
  const { success } = tested;
  const answer = exchange.outcome;
  if (success === undefined || !isAnswer(answer) || !isSuccess(tested, answer)) return broken;
  const json = parseJson(answer.body);
  if (json === undefined) return broken;
  return [
    ...broken,
    ...expectEcho(success, exchange, sent, json),
    ...expectFresh(context, tested, exchange, sent, json),
  ];
}

/** Expects that an answer is the documented success: status, content type, JSON, schema. */
export function expectSuccess(tested: TestedOperation, exchange: Exchange, about = ""): BrokenPromise[] {
  const wanted = tested.successes.map(({ status }) => status).join(" or ");
  const place = tested.successes[0]?.pointer ?? tested.operation.pointer;
  const expected = `a valid request is answered with ${wanted}`;
  const { outcome } = exchange;
  if (!isAnswer(outcome)) return [noAnswer(exchange, expected, place)];
  if (isSuccess(tested, outcome)) return expectDocumented(tested, exchange, outcome);
  const kind = `a valid request is answered with ${outcome.status}`;
  return [{ kind, cause: about === "" ? kind : `${kind}: ${about}`, expected, place, exchanges: [exchange] }];
}

/** Whether an answer has a status that is documented for success. */
export function isSuccess(tested: TestedOperation, answer: Answer): boolean {
  const documented = tested.documented(answer.status);
  return documented !== undefined && tested.successes.includes(documented);
}

/** Expects that an invalid request is refused with a documented 4xx. @param rule the rule that it breaks, in words */
export function expectRefusal(
  tested: TestedOperation,
  exchange: Exchange,
  rule: string,
  place: string,
): BrokenPromise[] {
  const expected = `${rule}; anything else is refused with a documented 4xx`;
  const { outcome } = exchange;
  if (!isAnswer(outcome)) return [noAnswer(exchange, expected, place)];
  const { status } = outcome;
  // Whoever has shown the right credentials is not to be asked for them.
  if (status >= 400 && status < 500 && status !== 401) return expectDocumented(tested, exchange, outcome);
  const taken = status >= 200 && status < 300;
  const kind = taken ? "invalid requests are accepted" : `invalid requests are answered with ${status}`;
  const cause = `${taken ? "not refused" : `refused with ${status}`}: ${rule}`;
  return [{ kind, cause, expected, place, exchanges: [exchange] }];
}

/** Expects that a request with wrong credentials is refused with 401. @param words the credentials, in words */
export function expectUnauthorized(
  tested: TestedOperation,
  exchange: Exchange,
  words: string,
  place: string,
): BrokenPromise[] {
  const expected = `${words}: refused with 401`;
  const { outcome } = exchange;
  if (!isAnswer(outcome)) return [noAnswer(exchange, expected, place)];
  if (outcome.status === 401) return expectDocumented(tested, exchange, outcome);
  const taken = isSuccess(tested, outcome);
  const kind = taken
    ? "wrong credentials are accepted"
    : `wrong credentials are answered with ${outcome.status}`;
  return [{ kind, cause: `${kind}: ${words}`, expected, place, exchanges: [exchange] }];
}

/** Expects that a status is documented, and that headers and body are as documented for it. */
function expectDocumented(tested: TestedOperation, exchange: Exchange, answer: Answer): BrokenPromise[] {
  const { operation } = tested;
  const { status } = answer;
  const documented = tested.documented(status);
  const each = (cause: string, expected: string, place: string, kind = cause): BrokenPromise[] => [
    { kind, cause, expected, place, exchanges: [exchange] },
  ];
  if (documented === undefined) {
    const statuses = operation.responses.map((response) => response.status).join(", ");
    return each(
      `${status} is not a documented status`,
      `every answer has one of the documented statuses (${statuses})`,
      `${operation.pointer}/responses`,
    );
  }
  // An answer to HEAD has the headers of one to GET, and nothing else.
  if (documented.content.length === 0 || operation.method === "HEAD") return [];
  const place = `${documented.pointer}/content`;
  const type = essence(answer.headers["content-type"] ?? "");
  const media = contentFor(documented.content, type);
  if (media === undefined) {
    const types = documented.content.map((known) => known.type).join(" or ");
    const came = type === "" ? "no content type" : `content type ${type}`;
    return each(`answers ${status} have ${came}`, `an answer ${status} has content type ${types}`, place);
  }
  if (!isJson(type)) return [];
  const json = parseJson(answer.body);
  if (json === undefined) {
    return each(
      `the body of answers ${status} is not JSON`,
      `the body of an answer ${status} is JSON`,
      place,
    );
  }
  return tested.answerErrors(documented, media, json).flatMap((error) => {
    const where = error.about === "" ? "the body" : error.about;
    return each(
      `answers ${status} do not fit their schema: ${where} ${error.message}`,
      `${where} of an answer ${status} ${error.message}`,
      error.place,
      `answers ${status} do not fit their schema`,
    );
  });
}
