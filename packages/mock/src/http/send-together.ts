import type { IncomingMessage, ServerResponse } from "node:http";
import type { MockAnswer } from "../wire/answer.ts";

/** As it is when the mock is loaded: a test's own timers would hold back every answer. */
const { setImmediate: atTheEnd } = globalThis;

/** Sends an answer to a message. */
type Send = (message: IncomingMessage, response: ServerResponse, answer: MockAnswer) => void;

/**
 * Sends the answers of one turn of the event loop together, at its end. Each is its own write, but a client that was
 * woken by the first is still awake for the rest, and waking it is the most expensive part of a write.
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
