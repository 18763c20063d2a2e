import { getAt, type Json, parsePointer } from "@dots-payouts/openapi";
import type { Check, Context, Violation } from "../check.ts";
import { type Exchange, isAnswer, type WireRequest } from "../http/request.ts";
import { silence } from "../judge/judge-answer.ts";
import { message, smallestMessage } from "../requests/make-request.ts";
import type { Subject } from "../suite/subject.ts";
import type { Suite } from "../suite/suite.ts";
import { hardBodies } from "../values/hard-bodies.ts";
import { typesOf } from "../values/sample.ts";

/** Methods with a meaning that a server may give to any path. */
const METHODS = ["GET", "PUT", "POST", "PATCH", "DELETE"];

/** The name of a path that no server has. */
const UNKNOWN = "contract-suite-unknown";

/** Whatever comes in, the server answers, without a 5xx and without its insides, and goes on answering. */
export function survivesChecks(suite: Suite, subject: Subject): Check[] {
  return [
    ...(subject.body === undefined ? [] : hardChecks(suite, subject)),
    ...methodChecks(suite, subject),
    ...unknownPathChecks(suite, subject),
  ];
}

function head(subject: Subject, id: string, title: string, bodies: readonly Json[]) {
  const { operation } = subject;
  return {
    id: `${operation.id}/survives/${id}`,
    operation: operation.id,
    group: "survives" as const,
    title,
    place: operation.pointer,
    creates: bodies.length,
    bodies,
  };
}

function hardChecks(suite: Suite, subject: Subject): Check[] {
  const { body } = subject;
  if (body === undefined) return [];
  const [smallest] = body.smallest;
  const number = body.fields.find(
    ({ parts, pointer }) => isNumber(typesOf(parts)) && getAt(smallest, pointer) !== undefined,
  );
  const text = body.fields.find(
    ({ parts, pointer }) =>
      parsePointer(pointer).length === 1 &&
      typesOf(parts)?.join() === "string" &&
      parts.every((part) => part["enum"] === undefined && part["format"] === undefined),
  );
  return hardBodies(smallest, number?.pointer, text?.pointer).map(
    ({ id, words, bytes, headers = {}, framing, large = false }): Check => ({
      ...head(subject, id, `survives ${words}`, [smallest]),
      large,
      async run(context) {
        const plain = message(suite, subject, smallest);
        const request: WireRequest = {
          ...plain,
          body: bytes,
          headers: { ...plain.headers, ...headers },
          ...(framing === undefined ? {} : { framing }),
        };
        const exchange = await context.server.send(request);
        const judged = framing === "aborted" ? [] : judgeAlive(subject, exchange, words);
        return judged.length > 0 ? judged : answersStill(context, suite, subject, exchange, words);
      },
    }),
  );
}

function isNumber(types: readonly string[] | undefined): boolean {
  return types?.some((type) => type === "integer" || type === "number") === true;
}

/** Judges that something came back that is neither a 5xx nor a look inside. */
function judgeAlive(subject: Subject, exchange: Exchange, words: string): Violation[] {
  const place = subject.operation.pointer;
  const { outcome } = exchange;
  const expected = `${words}: answered, and not with a 5xx`;
  if (!isAnswer(outcome)) return [silence(exchange, expected, place)];
  if (outcome.status >= 500) {
    const kind = `what is hard to read is answered with ${outcome.status}`;
    return [
      { kind, cause: `answered with ${outcome.status}: ${words}`, expected, place, exchanges: [exchange] },
    ];
  }
  return judgeDiscretion(exchange, place);
}

/** Lines of a stack trace, as the common languages write them. */
const TRACE =
  /\n\s+at [^\n]+:\d+:\d+|\\n\s+at [^\n]+:\d+:\d+|Traceback \(most recent call last\)|\bat [\w$.]+\([\w$]+\.java:\d+\)|goroutine \d+ \[|\.rb:\d+:in [`']|\.py", line \d+|\.cs:line \d+|#\d+ [^\n]+\.php\(\d+\)/;

function judgeDiscretion(exchange: Exchange, place: string): Violation[] {
  const { outcome } = exchange;
  if (!isAnswer(outcome) || !TRACE.test(outcome.body)) return [];
  const cause = "an answer shows a stack trace";
  return [
    {
      kind: cause,
      cause,
      expected: "no answer shows the inside of the server",
      place,
      exchanges: [exchange],
    },
  ];
}

/** Judges that the server still answers. What is sent makes nothing. */
async function answersStill(
  context: Context,
  suite: Suite,
  subject: Subject,
  before: Exchange,
  words: string,
): Promise<Violation[]> {
  const { authorization: _, ...request } = message(suite, subject, {});
  const after = await context.server.send(request);
  if (isAnswer(after.outcome)) return [];
  const cause = `no answers any more after ${words}`;
  return [
    {
      kind: cause,
      cause,
      expected: `the server goes on answering after ${words}`,
      place: subject.operation.pointer,
      exchanges: [before, after],
    },
  ];
}

/** Methods that a path does not have. */
function methodChecks(suite: Suite, subject: Subject): Check[] {
  const { operation } = subject;
  const there = suite.subjects
    .filter((other) => other.operation.path === operation.path)
    .map((other) => other.operation.method);
  // Each path is tried once, with its first operation.
  if (there[0] !== operation.method) return [];
  return METHODS.filter((method) => !there.includes(method)).map((method) => ({
    ...head(subject, `method-${method.toLowerCase()}`, `refuses the method ${method}`, []),
    async run(context) {
      const right = smallestMessage(suite, subject);
      const { body: _, ...bare } = right;
      const exchange = await context.server.send({ ...(method === "GET" ? bare : right), method });
      return judgeElsewhere(subject, exchange, `the method ${method}`, there);
    },
  }));
}

function unknownPathChecks(suite: Suite, subject: Subject): Check[] {
  const below = `${subject.operation.path}/${UNKNOWN}`.split("/");
  const isKnown = suite.spec.operations.some(({ path }) => {
    const segments = path.split("/");
    return (
      segments.length === below.length && segments.every((one, at) => one.includes("{") || one === below[at])
    );
  });
  return isKnown ? [] : [unknownPathCheck(suite, subject)];
}

function unknownPathCheck(suite: Suite, subject: Subject): Check {
  return {
    ...head(subject, "unknown-path", "refuses a path that is not documented", []),
    async run(context) {
      const right = smallestMessage(suite, subject);
      const exchange = await context.server.send({
        ...right,
        path: `${right.path.split("?")[0]}/${UNKNOWN}`,
      });
      return judgeElsewhere(subject, exchange, "an undocumented path", undefined);
    },
  };
}

/** @param methods the methods that are there, which `allow` has to name (RFC 9110 §15.5.6) */
function judgeElsewhere(
  subject: Subject,
  exchange: Exchange,
  words: string,
  methods: readonly string[] | undefined,
): Violation[] {
  const { outcome } = exchange;
  const place = subject.operation.pointer;
  const expected = `${words}: refused with 4xx`;
  if (!isAnswer(outcome)) return [silence(exchange, expected, place)];
  if (outcome.status < 400 || outcome.status >= 500) {
    const cause = `${words} is answered with ${outcome.status}`;
    return [{ kind: "what is not documented is not refused", cause, expected, place, exchanges: [exchange] }];
  }
  if (outcome.status === 405 && methods !== undefined) {
    const allowed = (outcome.headers["allow"] ?? "").toUpperCase().split(/\s*,\s*/);
    if (!methods.every((method) => allowed.includes(method))) {
      const cause =
        outcome.headers["allow"] === undefined
          ? "405 comes without Allow"
          : "Allow of a 405 does not name the methods that are there";
      return [
        {
          kind: cause,
          cause,
          expected: `a 405 says in its Allow header: ${methods.join(", ")} (RFC 9110 §15.5.6)`,
          place,
          exchanges: [exchange],
        },
      ];
    }
  }
  return judgeDiscretion(exchange, place);
}
