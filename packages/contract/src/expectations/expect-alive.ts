import { type Exchange, isAnswer } from "../http/request.ts";
import type { TestedOperation } from "../suite/tested-operation.ts";
import { type BrokenPromise, noAnswer } from "./broken-promise.ts";

/** Expects an answer that is neither a 5xx nor reveals internals. */
export function expectAlive(tested: TestedOperation, exchange: Exchange, words: string): BrokenPromise[] {
  const place = tested.operation.pointer;
  const { outcome } = exchange;
  const expected = `${words}: answered, and not with a 5xx`;
  if (!isAnswer(outcome)) return [noAnswer(exchange, expected, place)];
  if (outcome.status >= 500) {
    return [
      {
        severity: "data",
        cause: `answered with ${outcome.status}: ${words}`,
        broader: { cause: `what is hard to read is answered with ${outcome.status}`, from: "many" },
        expected,
        place,
        exchanges: [exchange],
      },
    ];
  }
  return expectNoTrace(exchange, place);
}

/** Lines of a stack trace in common languages. */
const TRACE =
  /\n\s+at [^\n]+:\d+:\d+|\\n\s+at [^\n]+:\d+:\d+|Traceback \(most recent call last\)|\bat [\w$.]+\([\w$]+\.java:\d+\)|goroutine \d+ \[|\.rb:\d+:in [`']|\.py", line \d+|\.cs:line \d+|#\d+ [^\n]+\.php\(\d+\)/;

export function expectNoTrace(exchange: Exchange, place: string): BrokenPromise[] {
  const { outcome } = exchange;
  if (!isAnswer(outcome) || !TRACE.test(outcome.body)) return [];
  const cause = "an answer shows a stack trace";
  return [
    {
      severity: "security",
      cause,
      expected: "no answer reveals the server's internals",
      place,
      exchanges: [exchange],
    },
  ];
}
