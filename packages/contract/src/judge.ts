import { getAt, type Json } from "@dots-payouts/openapi";
import type { Context, Violation } from "./check.ts";
import { type Answer, type Exchange, isAnswer } from "./http/request.ts";
import { allowedAt, describedAt, isJsonType, type Subject, type SubjectSuccess } from "./subject.ts";
import { differenceOf } from "./values/difference.ts";

/** How far, in milliseconds, a time of creation may lie from now: clocks differ, time zones must not. */
const NEAR = 10 * 60_000;

/** Judges an answer that has to be a success, made for a body that was sent for the first time. */
export function judgeCreation(
  context: Context,
  subject: Subject,
  exchange: Exchange,
  sent: Json | undefined,
): Violation[] {
  const violations = judgeSuccess(subject, exchange);
  const { success } = subject;
  const answer = exchange.outcome;
  if (success === undefined || !isAnswer(answer) || !isSuccess(subject, answer)) return violations;
  const json = parse(answer.body);
  if (json === undefined) return violations;
  return [
    ...violations,
    ...judgeEcho(context, success, exchange, sent, json),
    ...judgeFreshness(context, subject, success, exchange, sent, json),
  ];
}

/** Judges that an answer is the documented success: status, content type, JSON, schema. */
export function judgeSuccess(subject: Subject, exchange: Exchange): Violation[] {
  const wanted = subject.successes.map(({ status }) => status).join(" or ");
  const place = subject.successes[0]?.pointer ?? subject.operation.pointer;
  const expected = `a valid request is answered with ${wanted}`;
  const { outcome } = exchange;
  if (!isAnswer(outcome)) return [silence(exchange, expected, place)];
  if (!isSuccess(subject, outcome)) {
    return [
      { cause: `a valid request is answered with ${outcome.status}`, expected, place, exchanges: [exchange] },
    ];
  }
  return judgeDocumented(subject, exchange, outcome);
}

/** Whether an answer has a status that is documented for success. */
function isSuccess(subject: Subject, answer: Answer): boolean {
  const documented = subject.documented(answer.status);
  return documented !== undefined && subject.successes.includes(documented);
}

/**
 * Judges that an answer is a documented refusal.
 * @param wanted the one status that is right; any status from 400 to 499 where there is none
 */
export function judgeRefusal(
  subject: Subject,
  exchange: Exchange,
  expected: string,
  place: string,
  wanted?: number,
): Violation[] {
  const { outcome } = exchange;
  if (!isAnswer(outcome)) return [silence(exchange, expected, place)];
  const { status } = outcome;
  const kind = wanted === undefined ? "an invalid request" : "a request with wrong credentials";
  // Whoever has shown the right credentials is not to be asked for them.
  const right = wanted === undefined ? status >= 400 && status < 500 && status !== 401 : status === wanted;
  if (!right) {
    const verb = status < 300 && status >= 200 ? "is accepted" : `is answered with ${status}`;
    return [{ cause: `${kind} ${verb}`, expected, place, exchanges: [exchange] }];
  }
  return judgeDocumented(subject, exchange, outcome);
}

/** Judges that a status is documented, and that headers and body are as documented for it. */
function judgeDocumented(subject: Subject, exchange: Exchange, answer: Answer): Violation[] {
  const { operation } = subject;
  const exchanges = [exchange];
  const documented = subject.documented(answer.status);
  if (documented === undefined) {
    return [
      {
        cause: `${answer.status} is not a documented status`,
        expected: `every answer has one of the documented statuses (${operation.responses.map(({ status }) => status).join(", ")})`,
        place: `${operation.pointer}/responses`,
        exchanges,
      },
    ];
  }
  if (documented.content.length === 0) return [];
  const place = `${documented.pointer}/content`;
  const type = (answer.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  const media = documented.content.find((known) => known.type.toLowerCase() === type);
  if (media === undefined) {
    const types = documented.content.map((known) => known.type).join(" or ");
    const came = type === "" ? "no content type" : `content type ${type}`;
    return [
      {
        cause: `an answer ${answer.status} has ${came}`,
        expected: `an answer ${answer.status} has content type ${types}`,
        place,
        exchanges,
      },
    ];
  }
  if (!isJsonType(media.type)) return [];
  const json = parse(answer.body);
  if (json === undefined) {
    const expected = `the body of an answer ${answer.status} is JSON`;
    return [{ cause: `the body of an answer ${answer.status} is not JSON`, expected, place, exchanges }];
  }
  return subject.answerFaults(media, json).map((fault) => ({
    cause: `an answer ${answer.status} does not fit its schema: ${fault.at === "" ? "it" : fault.at} ${fault.message}`,
    expected: `${fault.at === "" ? "the body" : fault.at} of an answer ${answer.status} ${fault.message}`,
    place: fault.place,
    exchanges,
  }));
}

/** Judges that what was sent comes back where the spec says so (`x-echo`). */
function judgeEcho(
  context: Context,
  success: SubjectSuccess,
  exchange: Exchange,
  sent: Json | undefined,
  answer: Json,
): Violation[] {
  if (sent === undefined) return [];
  const { spec, schemas } = context.suite;
  return success.echo.flatMap(({ request, response }) => {
    const value = getAt(sent, request);
    if (value === undefined || !allowedAt(spec, schemas, success.media, response, value)) return [];
    const difference = differenceOf(value, getAt(answer, response), response, (pointer) =>
      describedAt(spec, success.media, pointer),
    );
    if (difference === undefined) return [];
    return [
      {
        cause: `${response} of the answer is not what was sent at ${request}`,
        expected: `what is sent at ${request} comes back at ${response}; ${difference}`,
        place: `${success.response.pointer}/x-echo`,
        exchanges: [exchange],
      },
    ];
  });
}

/** Judges that what the spec calls fresh (`x-generate`) is: texts that no other resource has, times near now. */
function judgeFreshness(
  context: Context,
  subject: Subject,
  success: SubjectSuccess,
  exchange: Exchange,
  sent: Json | undefined,
  answer: Json,
): Violation[] {
  return success.generated.flatMap(({ pointer, rule }): Violation[] => {
    const value = getAt(answer, pointer);
    if (typeof value !== "string") return [];
    const place = success.media.schema ?? success.response.pointer;
    const exchanges = [exchange];
    if (rule === "now") {
      const clocks = [
        Date.now(),
        Date.parse(isAnswer(exchange.outcome) ? (exchange.outcome.headers["date"] ?? "") : ""),
      ];
      const time = Date.parse(value);
      if (Number.isNaN(time) || clocks.some((clock) => Math.abs(clock - time) < NEAR)) return [];
      const expected = `${pointer} is the time at which the resource was made; it says ${value}, now is ${new Date().toISOString()}`;
      return [{ cause: `${pointer} of the answer is not the time of creation`, expected, place, exchanges }];
    }
    const other = context.remember(`${subject.operation.id} ${pointer}`, value, sent);
    if (other === undefined) return [];
    const expected = `each new resource has a ${pointer} of its own; ${value} came twice`;
    return [{ cause: `two new resources have the same ${pointer}`, expected, place, exchanges }];
  });
}

function silence(exchange: Exchange, expected: string, place: string): Violation {
  const message = isAnswer(exchange.outcome) ? "" : exchange.outcome.message;
  return { cause: `no answer: ${message}`, expected, place, exchanges: [exchange] };
}

/** A text as JSON; `undefined` where it is none. */
export function parse(text: string): Json | undefined {
  try {
    const json: Json = JSON.parse(text);
    return json;
  } catch {
    return undefined;
  }
}
