import type { IncomingMessage, ServerResponse } from "node:http";
import type { MockAnswer } from "../wire/answer.ts";
import { sendAnswer } from "./send-answer.ts";

/** Sends an answer at the end of this turn of the event loop. */
export type Outbox = (message: IncomingMessage, response: ServerResponse, answer: MockAnswer) => void;

/**
 * Sends the answers of one turn of the event loop together. Each is a write of its own, but a client that was woken by
 * the first is still awake for the rest: waking it each time is the dearest part of a write.
 */
export function outbox(): Outbox {
  let waiting: Parameters<Outbox>[] = [];
  const send = () => {
    const now = waiting;
    waiting = [];
    let sent = 0;
    try {
      for (const args of now) {
        sent += 1;
        sendAnswer(...args);
      }
    } finally {
      // One that cannot be sent is an error of its own, and keeps nobody else waiting.
      if (sent < now.length) {
        waiting.unshift(...now.slice(sent));
        setImmediate(send);
      }
    }
  };
  return (...args) => {
    if (waiting.push(args) === 1) setImmediate(send);
  };
}
