import {
  ApiError,
  DotsError,
  ExpiredKeyError,
  InvalidAnswerError,
  type KeyedCallOptions,
} from "@dots-payouts/client";
import { messageOf } from "../outbox-error.ts";
import { dateOf, methodOf } from "./client-methods.ts";
import type { Sender, Sent } from "./sender.ts";

/** Sends by the methods of a client, each request once: the client's own retries are off. */
export function clientSender(dots: object): Sender {
  return {
    async send({ call, body, key, keyAge, timeout }): Promise<Sent> {
      const send = methodOf(dots, call);
      const options = { maxRetries: 0, timeout, ...keyOptions(key, keyAge) };
      try {
        // What was made of JSON becomes the same text again.
        const { data, response } = await send(JSON.parse(body), options).withResponse();
        return {
          kind: "answered",
          status: response.status,
          body: data,
          retryAfter: undefined,
          date: dateOf(response),
          reason: `The API answered ${response.status}`,
        };
      } catch (error) {
        return failure(error);
      }
    },
  };
}

/** What the client is told of the key, so that it too refuses to send one that is too old. */
function keyOptions(key: string | undefined, age: number | undefined): KeyedCallOptions {
  if (key === undefined) return {};
  if (age === undefined) return { idempotencyKey: key, keyIsNew: true };
  return { idempotencyKey: key, firstSentAt: Date.now() - age };
}

function failure(error: unknown): Sent {
  const reason = reasonOf(error);
  if (!(error instanceof DotsError)) return { kind: "lost", reason };
  if (error instanceof ApiError) {
    const { status, body, retryAfter, requestId } = error;
    const words = messageIn(body) ?? reason;
    const request = requestId === undefined ? "" : ` (request ${requestId})`;
    const said = `${status}: ${words}${request}`;
    return { kind: "answered", status, body, retryAfter, date: undefined, reason: said };
  }
  if (error instanceof InvalidAnswerError) {
    // The API made it. That its answer breaks a rule is no reason to doubt that.
    return {
      kind: "answered",
      status: 200,
      body: error.data,
      retryAfter: undefined,
      date: undefined,
      reason,
    };
  }
  const isUnsent = error.outcome === "not_sent" || error instanceof ExpiredKeyError;
  return isUnsent ? { kind: "not-sent", reason } : { kind: "lost", reason };
}

/** What went wrong. What the client says after it, about calling again, is for people who have no outbox. */
function reasonOf(error: unknown): string {
  const [what = ""] = messageOf(error).split(/\. (?=Nothing|It may|Call again|Look)/);
  return what.replace(/^\w+: /, "");
}

/** What the API says to a person. */
function messageIn(body: unknown): string | undefined {
  const message: unknown =
    typeof body === "object" && body !== null ? Reflect.get(body, "message") : undefined;
  return typeof message === "string" && message !== "" ? message.slice(0, 300) : undefined;
}
