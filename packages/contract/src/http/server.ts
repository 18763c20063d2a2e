import { setTimeout as wait } from "node:timers/promises";
import { CannotRun } from "../errors/cannot-run.ts";
import { type ConnectionSettings, connect } from "./connection.ts";
import { type Answer, type Exchange, isAnswer, type WireRequest } from "./request.ts";

/** How often one request is sent again because of 429 before the suite gives up. */
const PATIENCE = 6;
/** The longest wait after a 429, in milliseconds. */
const LONGEST_WAIT = 60_000;

/** The server under test. */
export interface Server {
  readonly base: URL;
  readonly loopback: boolean;
  /** How many requests were sent. */
  readonly sent: () => number;
  /** How many were sent again because an idle connection was cut, and how many connections were cut in other ways. */
  readonly cut: () => { readonly idle: number; readonly other: number };
  /**
   * Sends a request, and repeats it after the wait that a 429 asks for.
   * @throws CannotRun if the rate limit does not end
   */
  send(request: WireRequest): Promise<Exchange>;
  close(): void;
}

export function openServer(base: URL, settings: ConnectionSettings): Server {
  const connection = connect(base, settings);
  let sent = 0;
  let cut = 0;
  // One clock for all: a rate limit is the server's, not one request's.
  let resumeAt = 0;
  return {
    base,
    loopback: isLoopback(base.hostname),
    sent: () => sent,
    cut: () => ({ idle: connection.sentAgain(), other: cut }),
    async send(request) {
      for (let attempt = 0; ; attempt += 1) {
        const pause = resumeAt - Date.now();
        if (pause > 0) await wait(pause);
        sent += 1;
        const outcome = await connection.send(request);
        if (!isAnswer(outcome) && outcome.reason === "cut" && request.framing !== "aborted") cut += 1;
        if (!isAnswer(outcome) || outcome.status !== 429) return { request, outcome };
        if (attempt === PATIENCE) {
          throw new CannotRun(
            `${base.origin} keeps answering 429 (too many requests). Raise its limit for this run, or lower --concurrency.`,
          );
        }
        resumeAt = Math.max(resumeAt, Date.now() + waitOf(outcome, attempt));
      }
    },
    close: () => connection.close(),
  };
}

/** Milliseconds to wait: `retry-after` in seconds or as a date (RFC 9110 §10.2.3), else doubling from 250. */
function waitOf(answer: Answer, attempt: number): number {
  const header = answer.headers["retry-after"];
  if (header === undefined) return 250 * 2 ** attempt;
  const milliseconds = /^\d+$/.test(header.trim()) ? Number(header) * 1_000 : Date.parse(header) - Date.now();
  if (Number.isNaN(milliseconds)) return 250 * 2 ** attempt;
  if (milliseconds > LONGEST_WAIT) {
    throw new CannotRun(
      `the server answers 429 (too many requests) and asks to wait ${Math.ceil(milliseconds / 1_000)} s. Try again after that.`,
    );
  }
  return Math.max(milliseconds, 0);
}

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d+){3}$/.test(hostname);
}
