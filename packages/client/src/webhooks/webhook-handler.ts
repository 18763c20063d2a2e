import { readBody } from "./read-body.ts";
import { verifyWebhook } from "./verify-webhook.ts";
import { WebhookError } from "./webhook-error.ts";
import type { WebhookEvent } from "./webhook-event.ts";
import { checksOf, type WebhookSecret } from "./webhook-secret.ts";

/** Remembers which deliveries were handled. Keep them for a few days: a delivery is repeated for more than a day. */
export interface DeliveryStore {
  /** Whether a delivery was handled before. */
  has(deliveryId: string): boolean | Promise<boolean>;
  /** Records a delivery that has been handled. */
  add(deliveryId: string): unknown;
}

/** Options of `webhookHandler()`. */
export interface WebhookHandlerOptions {
  /** The endpoint's secret, a list while you rotate it, or a function that returns either. */
  readonly secret: WebhookSecret | (() => WebhookSecret | Promise<WebhookSecret>);
  /**
   * Handles an event. Once this is done, the sender gets a success; if it fails or takes too long, the sender tries
   * again. An event may come more than once, and in any order.
   */
  readonly onEvent: (event: WebhookEvent, request: Request) => unknown;
  /**
   * Drops repeats by the ID of the delivery. A delivery is recorded after `onEvent` is done, so a crash in between
   * repeats an event but never loses one.
   */
  readonly seen?: DeliveryStore;
  /**
   * The longest body that is read, in bytes.
   * @default 2_097_152
   */
  readonly maxBytes?: number;
  /**
   * How long a body may take to arrive, in milliseconds.
   * @default 10_000
   */
  readonly bodyTimeout?: number;
  /**
   * Called for each webhook that is refused or fails, with a `WebhookError`, or what `onEvent` or `seen` threw. The answer
   * waits for it. If it fails itself, the error goes to `console.error`.
   * @default `console.error`, except for refused requests, which anybody can send
   */
  readonly onError?: (error: unknown, request: Request) => unknown;
}

/** Far more than an event needs. A megabyte takes 25 ms to check, no matter who sends it. */
const MAX_BYTES = 2 * 2 ** 20;

/** Less than the sender waits for an answer. */
const BODY_TIMEOUT = 10_000;

/** A timer with more milliseconds fires at once. */
const LONGEST_TIMEOUT = 2 ** 31 - 1;

/** In milliseconds. By then the sender no longer waits for an answer, and `onEvent` may hang. */
const LONGEST_RUN = 60_000;

/**
 * A webhook endpoint, for every server that uses `Request` and `Response`. It answers 204 after `onEvent` is done;
 * 400, 405, 408 or 413 to anything that is not a valid webhook; 500 if `onEvent` fails, so that the sender tries again;
 * and 503 while the same delivery is still being handled, for up to a minute.
 * @throws WebhookError if the secret or a limit is not a valid one
 * @example
 * ```ts
 * export const POST = webhookHandler({ secret, onEvent: async (event) => handle(event) });
 * ```
 */
export function webhookHandler(options: WebhookHandlerOptions): (request: Request) => Promise<Response> {
  const { secret, maxBytes = MAX_BYTES, bodyTimeout = BODY_TIMEOUT, onError = logFailure } = options;
  requireLimit("maxBytes", maxBytes, Number.MAX_SAFE_INTEGER);
  requireLimit("bodyTimeout", bodyTimeout, LONGEST_TIMEOUT);
  // An invalid secret should be found at startup, not by the first event.
  if (typeof secret !== "function") checksOf(secret);
  const running = new Map<string, number>();
  return async (request) => {
    try {
      return await answer(request, { ...options, maxBytes, bodyTimeout }, running);
    } catch (error) {
      try {
        await onError(error, request);
      } catch (thrown) {
        console.error(thrown);
      }
      return WebhookError.is(error) && error.status < 500
        ? reply(error.status, error.message)
        : reply(500, "The webhook could not be handled.");
    }
  };
}

async function answer(
  request: Request,
  { secret, onEvent, seen, maxBytes, bodyTimeout }: WebhookHandlerOptions & Limits,
  running: Map<string, number>,
): Promise<Response> {
  if (request.method !== "POST") return reply(405, "Webhooks are sent with POST.", { allow: "POST" });
  const body = await readBody(request, maxBytes, bodyTimeout);
  const secrets = typeof secret === "function" ? await secret() : secret;
  const event = verifyWebhook(request.headers, body, secrets);
  const { deliveryId } = event;
  if (seen === undefined) {
    await onEvent(event, request);
    return new Response(null, { status: 204 });
  }
  // Waiting for the other one's promise would be simpler, but on Cloudflare a request must not wait for another
  // request's promise.
  const now = performance.now();
  if (now - (running.get(deliveryId) ?? -LONGEST_RUN) < LONGEST_RUN) {
    return reply(503, "The same delivery is being handled.");
  }
  running.set(deliveryId, now);
  try {
    if (!(await seen.has(deliveryId))) {
      await onEvent(event, request);
      await seen.add(deliveryId);
    }
  } finally {
    // A repeat may have replaced this run by now.
    if (running.get(deliveryId) === now) running.delete(deliveryId);
  }
  return new Response(null, { status: 204 });
}

interface Limits {
  readonly maxBytes: number;
  readonly bodyTimeout: number;
}

function requireLimit(name: keyof Limits, value: unknown, most: number): void {
  if (typeof value === "number" && value >= 1 && value <= most) return;
  throw new WebhookError("setup", `${name} has to be a number from 1 to ${most}.`);
}

function reply(status: number, message: string, headers: Record<string, string> = {}): Response {
  return new Response(message, { status, headers: { "content-type": "text/plain", ...headers } });
}

function logFailure(error: unknown): void {
  if (!WebhookError.is(error) || error.status >= 500) console.error(error);
}
