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

/** Sends with the methods of a client, each request once: the client's own retries are off. */
export function clientSender(dots: Dots): Sender {
  return {
    async send(request): Promise<Sent> {
      const { call, body, key, client, timeout } = request;
      const send = methodOf(dots, call);
      const options = { maxRetries: 0, timeout, ...keyOptions(request) };
      try {
        if ((await accountMark(dots)) !== client)
          return { kind: "not-sent", reason: OTHER_CLIENT, isOtherClient: true };
        // Parsed JSON is serialized to the same text again.
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
        // The client ID may have changed between the check and the request. Without a key, nothing else has checked it.
        return sent.kind === "not-sent"
          ? { ...sent, isOtherClient: true }
          : { ...sent, client: key === undefined ? `${client} or ${now}` : client };
      }
    },
  };
}

const OTHER_CLIENT = "The client's credentials have changed since the start of the run";

/**
 * What the client needs to know about the key: when and for whom it was first sent, so that it also refuses a key
 * that is too old, or that would count as new for another account.
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

/** @param isProof whether a refusal proves that nothing was carried out, because each request is sent once */
function failure(error: unknown, isProof: boolean): Sent {
  const reason = reasonOf(error);
  if (!(error instanceof DotsError)) return { kind: "lost", reason };
  if (error instanceof ApiError) {
    const { status, body, retryAfter, requestId } = error;
    const words = messageIn(body) ?? reason;
    const request = requestId === undefined ? "" : ` (request ${requestId})`;
    const said = storable(`${status}: ${words}${request}`);
    // An earlier attempt of the same request may have paid.
    if (!isProof)
      return { kind: "lost", reason: `${said}, but the client's fetch may have sent it more than once` };
    return { kind: "answered", status, body, retryAfter, date: undefined, reason: said };
  }
  if (error instanceof InvalidAnswerError) {
    // The API created it. An answer that breaks a rule is no reason to doubt that.
    return {
      kind: "answered",
      status: 200,
      body: error.data,
      retryAfter: undefined,
      date: undefined,
      reason,
    };
  }
  // The client has checked the key and the account, and has sent nothing. Its outcome also covers earlier requests;
  // those are in the ledger.
  const isUnsent =
    error.outcome === "not_sent" || error instanceof ExpiredKeyError || error instanceof InvalidRequestError;
  return isUnsent ? { kind: "not-sent", reason } : { kind: "lost", reason };
}

/** What went wrong. The client's advice after it, about calling again, is for programs without an outbox. */
function reasonOf(error: unknown): string {
  const [what = ""] = messageOf(error).split(/\. (?=Nothing|It may|Call again|Look)/);
  return storable(what.replace(/^\w+: /, ""));
}

/** The API's message for people. */
function messageIn(body: unknown): string | undefined {
  const message: unknown =
    typeof body === "object" && body !== null ? Reflect.get(body, "message") : undefined;
  return typeof message === "string" && message !== "" ? message.slice(0, 300) : undefined;
}
