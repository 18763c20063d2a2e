import { contentFor, essence, getAt, isJson, type Json } from "@dots-payouts/openapi";
import { type Answer, type Exchange, isAnswer, parseJson } from "../http/request.ts";
import type { Context } from "../suite/context.ts";
import type { TestedOperation } from "../suite/tested-operation.ts";
import type { RuleBroken } from "../values/candidates.ts";
import { type BrokenPromise, noAnswer, type Severity } from "./broken-promise.ts";
import { expectEcho } from "./expect-echo.ts";
import { expectFresh } from "./expect-fresh.ts";

/** From so many errors on, an answer is something else than what is documented, and each error says the same. */
const MANY_ERRORS = 5;

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

/** Expects that an answer is the documented success: status, content type, JSON, schema. */
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
  // Where the smallest request of all fails, the others fail with it.
  if (about === "") return [{ ...broken, cause, broader: { cause, from: "many" } }];
  return [{ ...broken, cause: `${cause}: ${about}`, broader: { cause, from: "all" } }];
}

/** Whether an answer has a status that is documented for success. */
export function isSuccess(tested: TestedOperation, answer: Answer): boolean {
  const documented = tested.documented(answer.status);
  return documented !== undefined && tested.successes.includes(documented);
}

/** The JSON that was sent; `undefined` where it was none. */
function bodyOf({ request }: Exchange): Json | undefined {
  return typeof request.body === "string" ? parseJson(request.body) : undefined;
}

/** Whether a request with the right credentials was refused as the spec says that requests are. */
function isDocumentedRefusal(tested: TestedOperation, { status }: Answer): boolean {
  return status >= 400 && status < 500 && status !== 401 && tested.documented(status) !== undefined;
}

/** Whether a request was carried out, whatever is wrong with the answer beside that. */
export function isMade(tested: TestedOperation, { outcome }: Exchange): boolean {
  return isAnswer(outcome) && isSuccess(tested, outcome);
}

/** Expects that an invalid request is refused with a documented 4xx. @param rule the rule that it breaks */
export function expectRefusal(
  tested: TestedOperation,
  exchange: Exchange,
  { words, place, at, name }: RuleBroken,
): BrokenPromise[] {
  const expected = `${words}; anything else is refused with a documented 4xx`;
  const { outcome } = exchange;
  if (!isAnswer(outcome)) return [noAnswer(exchange, expected, place)];
  const { status } = outcome;
  // A request with the right credentials is not to be asked for them.
  if (status >= 400 && status < 500 && status !== 401) return expectDocumented(tested, exchange, outcome);
  const taken = status >= 200 && status < 300;
  if (!taken) {
    const cause = `invalid requests are answered with ${status}`;
    return [
      {
        severity: "data",
        cause: `refused with ${status}: ${words}`,
        broader: { cause, from: "many" },
        expected,
        // That nothing is made is promised by the schema, and how that is said by the refusals.
        place: tested.documented(400)?.pointer ?? place,
        exchanges: [exchange],
      },
    ];
  }
  return [
    {
      severity: tested.sendsMoney(at) ? "money" : "data",
      cause: `not refused: ${words}`,
      broader: { cause: "no invalid request is refused", from: "all" },
      expected,
      place,
      ...(name === undefined ? {} : { name }),
      ...assumedFormat(tested, place, at),
      exchanges: [exchange],
    },
  ];
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
  const cause = taken
    ? "wrong credentials are accepted"
    : `wrong credentials are answered with ${outcome.status}`;
  return [
    {
      severity: taken ? "security" : "form",
      cause: `${cause}: ${words}`,
      broader: { cause, from: "many" },
      expected,
      place: taken ? place : (tested.documented(401)?.pointer ?? place),
      exchanges: [exchange],
    },
  ];
}

/** Expects that a status is documented, and that headers and body are as documented for it. */
function expectDocumented(tested: TestedOperation, exchange: Exchange, answer: Answer): BrokenPromise[] {
  const { operation } = tested;
  const { status } = answer;
  const documented = tested.documented(status);
  const broken = (severity: Severity, cause: string, expected: string, place: string): BrokenPromise => ({
    severity,
    cause,
    expected,
    place,
    exchanges: [exchange],
  });
  if (documented === undefined) {
    const statuses = operation.responses.map((response) => response.status).join(", ");
    const expected = `every answer has one of the documented statuses (${statuses})`;
    return [
      broken("form", `${status} is not a documented status`, expected, `${operation.pointer}/responses`),
    ];
  }
  // An answer to HEAD has the headers of one to GET, and nothing else.
  if (documented.content.length === 0 || operation.method === "HEAD") return [];
  const place = `${documented.pointer}/content`;
  const type = essence(answer.headers["content-type"] ?? "");
  const media = contentFor(documented.content, type);
  if (media === undefined) {
    const types = documented.content.map((known) => known.type).join(" or ");
    const came = type === "" ? "no content type" : `content type ${type}`;
    const expected = `an answer ${status} has content type ${types}`;
    return [broken("form", `answers ${status} have ${came}`, expected, place)];
  }
  if (!isJson(type) || !answer.whole) return [];
  const json = parseJson(answer.body);
  if (json === undefined) {
    const expected = `the body of an answer ${status} is JSON`;
    return [broken("form", `the body of answers ${status} is not JSON`, expected, place)];
  }
  const errors = tested.answerErrors(documented, media, json);
  const unlike = `answers ${status} do not fit their schema`;
  if (errors.length >= MANY_ERRORS) {
    const some = errors
      .slice(0, 3)
      .map(({ about, message }) => `${about === "" ? "the body" : about} ${message}`);
    const expected = `an answer ${status} fits its schema: ${some.join(", ")}, and ${errors.length - 3} more`;
    return [broken("data", unlike, expected, media.schema ?? place)];
  }
  return errors.map((error) => {
    // Which item of a list it is says nothing of the cause.
    const about = error.about.replace(/\/\d+(?=\/|$)/g, "/*");
    const where = about === "" ? "the body" : about;
    const severity = tested.showsMoney(error.about) ? "money" : "data";
    const expected = `${where} of an answer ${status} ${error.message}`;
    return {
      ...broken(severity, `${unlike}: ${where} ${error.message}`, expected, error.place),
      ...(error.missing === undefined ? {} : { name: error.missing }),
      ...assumedFormat(tested, error.place, error.about),
    };
  });
}

/** A format is only assumed where the spec's dialect does not check it. A key is what it is documented to be. */
function assumedFormat(
  { mayBreakFormat, operation }: TestedOperation,
  place: string,
  at: string,
): Pick<BrokenPromise, "assumption"> {
  const isFormat = place.endsWith("/format") && at !== operation.idempotencyKey?.pointer;
  return isFormat && mayBreakFormat !== undefined ? { assumption: mayBreakFormat } : {};
}
