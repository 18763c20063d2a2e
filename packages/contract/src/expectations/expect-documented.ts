import { contentFor, essence, isJson } from "@dots-payouts/openapi";
import { type Answer, type Exchange, parseJson } from "../http/request.ts";
import type { TestedOperation } from "../suite/tested-operation.ts";
import type { BrokenPromise, Severity } from "./broken-promise.ts";

/** With this many errors, an answer is something completely different, and the errors all say the same. */
const MANY_ERRORS = 5;

/** Expects that a status is documented, with headers and body as documented for it. */
export function expectDocumented(
  tested: TestedOperation,
  exchange: Exchange,
  answer: Answer,
): BrokenPromise[] {
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
    // The index in a list says nothing about the cause.
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

/** A format is only an assumption if the spec's dialect does not check it. A key must have its documented format. */
export function assumedFormat(
  { mayBreakFormat, operation }: TestedOperation,
  place: string,
  at: string,
): Pick<BrokenPromise, "assumption"> {
  const isFormat = place.endsWith("/format") && at !== operation.idempotencyKey?.pointer;
  return isFormat && mayBreakFormat !== undefined ? { assumption: mayBreakFormat } : {};
}
