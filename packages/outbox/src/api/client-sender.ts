import {
  ApiError,
  accountMark,
  accountOf,
  type Dots,
  DotsError,
  ExpiredKeyError,
  InvalidAnswerError,
  InvalidRequestError,
  type KeyedCallOptions,
} from "@dots-payouts/client";
import { messageOf } from "../outbox-error.ts";
import { storable } from "../storable.ts";
import { dateOf, methodOf } from "./client-methods.ts";
import type { Sender, Sent } from "./sender.ts";

/** Sends by the methods of a client, each request once: the client's own retries are off. */
export function clientSender(dots: Dots): Sender {
  return {
    async send(request): Promise<Sent> {
      const { call, body, key, client, timeout } = request;
      const send = methodOf(dots, call);
      const options = { maxRetries: 0, timeout, ...keyOptions(request) };
      try {
        if ((await accountMark(dots)) !== client)
          return { kind: "not-sent", reason: OTHER_CLIENT, isOtherClient: true };
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
        const sent = failure(error, accountOf(dots).sendsOnce());
        if (sent.kind === "answered") return sent;
        const now = await accountMark(dots).catch(() => undefined);
        if (now === client) return sent;
        // Between the look before and the request, the client may have become somebody else already. Where there is no
        // key, nobody else has looked.
        return sent.kind === "not-sent"
          ? { ...sent, isOtherClient: true }
          : { ...sent, client: key === undefined ? `${client} or ${now}` : client };
      }
    },
  };
}

const OTHER_CLIENT = "The client calls with other credentials than at the beginning of the run";

/**
 * What the client is told of the key: when and for whom it was first sent, so that it too refuses to send one that is too
 * old, or as somebody for whom it would count as a new one.
 */
function keyOptions({
  key,
  keyAge,
  operation,
  body,
  client,
}: Parameters<Sender["send"]>[0]): KeyedCallOptions {
  if (key === undefined) return {};
  const stored = { key, body, operation, account: client };
  return {
    continue:
      keyAge === undefined
        ? { ...stored, firstSentAt: undefined, outcome: "not_sent" }
        : { ...stored, firstSentAt: Date.now() - keyAge, outcome: "unknown" },
  };
}

/** @param isProof whether a refusal says that nothing was carried out, since each request is sent once */
function failure(error: unknown, isProof: boolean): Sent {
  const reason = reasonOf(error);
  if (!(error instanceof DotsError)) return { kind: "lost", reason };
  if (error instanceof ApiError) {
    const { status, body, retryAfter, requestId } = error;
    const words = messageIn(body) ?? reason;
    const request = requestId === undefined ? "" : ` (request ${requestId})`;
    const said = storable(`${status}: ${words}${request}`);
    // An earlier sending of the same request may have paid.
    if (!isProof)
      return { kind: "lost", reason: `${said}, but the client's fetch may have sent it more than once` };
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
  // The client has looked at the key and the account, and has sent nothing. What it says of the outcome is about earlier
  // requests too; those are in the ledger.
  const isUnsent =
    error.outcome === "not_sent" || error instanceof ExpiredKeyError || error instanceof InvalidRequestError;
  return isUnsent ? { kind: "not-sent", reason } : { kind: "lost", reason };
}

/** What went wrong. What the client says after it, about calling again, is for people who have no outbox. */
function reasonOf(error: unknown): string {
  const [what = ""] = messageOf(error).split(/\. (?=Nothing|It may|Call again|Look)/);
  return storable(what.replace(/^\w+: /, ""));
}

/** What the API says to a person. */
function messageIn(body: unknown): string | undefined {
  const message: unknown =
    typeof body === "object" && body !== null ? Reflect.get(body, "message") : undefined;
  return typeof message === "string" && message !== "" ? message.slice(0, 300) : undefined;
}
