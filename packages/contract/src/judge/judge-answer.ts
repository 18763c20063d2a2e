import { contentFor, essence, getAt, isJson, type Json } from "@dots-payouts/openapi";
import type { Context, Violation } from "../check.ts";
import { type Answer, type Exchange, isAnswer, parseJson } from "../http/request.ts";
import type { Subject } from "../suite/subject.ts";
import { judgeEcho } from "./judge-echo.ts";

/** How far, in milliseconds, a time of creation may lie from now: clocks differ, time zones must not. */
const NEAR = 10 * 60_000;

/**
 * Judges an answer that has to be a success, made for a body that was sent for the first time.
 * @param about what is special about the request, in words
 */
export function judgeCreation(
  context: Context,
  subject: Subject,
  exchange: Exchange,
  sent: Json | undefined,
  about = "",
): Violation[] {
  const violations = judgeSuccess(subject, exchange, about);
  const { success } = subject;
  const answer = exchange.outcome;
  if (success === undefined || !isAnswer(answer) || !isSuccess(subject, answer)) return violations;
  const json = parseJson(answer.body);
  if (json === undefined) return violations;
  return [
    ...violations,
    ...judgeEcho(success, exchange, sent, json),
    ...judgeFreshness(context, subject, exchange, sent, json),
  ];
}

/** Judges that an answer is the documented success: status, content type, JSON, schema. */
export function judgeSuccess(subject: Subject, exchange: Exchange, about = ""): Violation[] {
  const wanted = subject.successes.map(({ status }) => status).join(" or ");
  const place = subject.successes[0]?.pointer ?? subject.operation.pointer;
  const expected = `a valid request is answered with ${wanted}`;
  const { outcome } = exchange;
  if (!isAnswer(outcome)) return [silence(exchange, expected, place)];
  if (isSuccess(subject, outcome)) return judgeDocumented(subject, exchange, outcome);
  const kind = `a valid request is answered with ${outcome.status}`;
  return [{ kind, cause: about === "" ? kind : `${kind}: ${about}`, expected, place, exchanges: [exchange] }];
}

/** Whether an answer has a status that is documented for success. */
export function isSuccess(subject: Subject, answer: Answer): boolean {
  const documented = subject.documented(answer.status);
  return documented !== undefined && subject.successes.includes(documented);
}

/** Judges that an invalid request is refused with a documented 4xx. @param rule the rule that it breaks, in words */
export function judgeRefusal(subject: Subject, exchange: Exchange, rule: string, place: string): Violation[] {
  const expected = `${rule}; anything else is refused with a documented 4xx`;
  const { outcome } = exchange;
  if (!isAnswer(outcome)) return [silence(exchange, expected, place)];
  const { status } = outcome;
  // Whoever has shown the right credentials is not to be asked for them.
  if (status >= 400 && status < 500 && status !== 401) return judgeDocumented(subject, exchange, outcome);
  const taken = status >= 200 && status < 300;
  const kind = taken ? "invalid requests are accepted" : `invalid requests are answered with ${status}`;
  const cause = `${taken ? "not refused" : `refused with ${status}`}: ${rule}`;
  return [{ kind, cause, expected, place, exchanges: [exchange] }];
}

/** Judges that a request with wrong credentials is refused with 401. @param words the credentials, in words */
export function judgeUnauthorized(
  subject: Subject,
  exchange: Exchange,
  words: string,
  place: string,
): Violation[] {
  const expected = `${words}: refused with 401`;
  const { outcome } = exchange;
  if (!isAnswer(outcome)) return [silence(exchange, expected, place)];
  if (outcome.status === 401) return judgeDocumented(subject, exchange, outcome);
  const taken = isSuccess(subject, outcome);
  const kind = taken
    ? "wrong credentials are accepted"
    : `wrong credentials are answered with ${outcome.status}`;
  return [{ kind, cause: `${kind}: ${words}`, expected, place, exchanges: [exchange] }];
}

/** Judges that a status is documented, and that headers and body are as documented for it. */
function judgeDocumented(subject: Subject, exchange: Exchange, answer: Answer): Violation[] {
  const { operation } = subject;
  const { status } = answer;
  const documented = subject.documented(status);
  const violation = (cause: string, expected: string, place: string, kind = cause): Violation[] => [
    { kind, cause, expected, place, exchanges: [exchange] },
  ];
  if (documented === undefined) {
    const statuses = operation.responses.map((response) => response.status).join(", ");
    return violation(
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
    return violation(
      `answers ${status} have ${came}`,
      `an answer ${status} has content type ${types}`,
      place,
    );
  }
  if (!isJson(type)) return [];
  const json = parseJson(answer.body);
  if (json === undefined) {
    return violation(
      `the body of answers ${status} is not JSON`,
      `the body of an answer ${status} is JSON`,
      place,
    );
  }
  return subject.answerFaults(documented, media, json).flatMap((fault) => {
    const where = fault.at === "" ? "the body" : fault.at;
    return violation(
      `answers ${status} do not fit their schema: ${where} ${fault.message}`,
      `${where} of an answer ${status} ${fault.message}`,
      fault.place,
      `answers ${status} do not fit their schema`,
    );
  });
}

/** Judges that what the spec calls fresh (`x-generate`) is: texts that no other resource has, times near now. */
function judgeFreshness(
  context: Context,
  subject: Subject,
  exchange: Exchange,
  sent: Json | undefined,
  answer: Json,
): Violation[] {
  const { success } = subject;
  const place = success?.media.schema ?? subject.operation.pointer;
  const exchanges = [exchange];
  return (success?.generated ?? []).flatMap(({ pointer, rule }): Violation[] => {
    const value = getAt(answer, pointer);
    if (typeof value !== "string") return [];
    if (rule === "now") {
      const { outcome } = exchange;
      const clocks = [Date.now(), Date.parse(isAnswer(outcome) ? (outcome.headers["date"] ?? "") : "")];
      const time = Date.parse(value);
      if (Number.isNaN(time) || clocks.some((clock) => Math.abs(clock - time) < NEAR)) return [];
      const cause = `${pointer} is not the time of creation`;
      const expected = `${pointer} is the time at which the resource was made; it says ${value}, now is ${new Date().toISOString()}`;
      return [{ kind: cause, cause, expected, place, exchanges }];
    }
    const other = context.remember(`${subject.operation.id} ${pointer}`, value, sent);
    if (other === undefined) return [];
    const cause = `two new resources have the same ${pointer}`;
    const expected = `each new resource has a ${pointer} of its own; ${value} came twice`;
    return [{ kind: cause, cause, expected, place, exchanges }];
  });
}

export function silence(exchange: Exchange, expected: string, place: string): Violation {
  const { outcome } = exchange;
  const gone = !isAnswer(outcome) && outcome.reason === "unreachable";
  const cause = gone
    ? "the server can no longer be reached"
    : `no answer: ${isAnswer(outcome) ? "" : outcome.message}`;
  return { kind: cause, cause, expected, place, exchanges: [exchange] };
}
