import type { IncomingMessage, ServerResponse } from "node:http";
import type { MockAnswer } from "../wire/answer.ts";

/** Captured when the mock is loaded: a test's fake timers would hold back every answer. */
const { setImmediate: atTheEnd } = globalThis;

/** Sends an answer to a message. */
type Send = (message: IncomingMessage, response: ServerResponse, answer: MockAnswer) => void;

/**
 * Sends the answers of one event loop turn together, at its end. Each is its own write, but a client woken by the first
 * is still awake for the rest, and waking it is the most expensive part of a write.
 * @param send must not throw
 */
export function sendTogether(send: Send): Send {
  let waiting: Parameters<Send>[] = [];
  const sendAll = () => {
    const now = waiting;
    waiting = [];
    for (const args of now) send(...args);
  };
  return (...args) => {
    if (waiting.push(args) === 1) atTheEnd(sendAll);
  };
}
