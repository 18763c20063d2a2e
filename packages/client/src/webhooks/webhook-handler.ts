import { readBody } from "./read-body.ts";
import { verifyWebhook } from "./verify-webhook.ts";
import { WebhookError } from "./webhook-error.ts";
import type { WebhookEvent } from "./webhook-event.ts";
import { checksOf, type WebhookSecret } from "./webhook-secret.ts";

/** Remembers which deliveries were handled. Keep them for some days: a delivery is repeated for more than a day. */
export interface DeliveryStore {
  /** Whether a delivery was handled before. */
  has(deliveryId: string): boolean | Promise<boolean>;
  /** Notes a delivery that has been handled. */
  add(deliveryId: string): unknown;
}

/** Options of `webhookHandler()`. */
export interface WebhookHandlerOptions {
  /** The secret of the endpoint, several while it is changed, or a function that gives them. */
  readonly secret: WebhookSecret | (() => WebhookSecret | Promise<WebhookSecret>);
  /**
   * Handles an event. The sender hears of a success once this is done, and tries again when it fails or takes longer
   * than the sender waits. An event may come more than once, and in any order.
   */
  readonly onEvent: (event: WebhookEvent, request: Request) => unknown;
  /**
   * Drops repeats by the ID of the delivery. A delivery is noted after `onEvent` is done, so a crash in between repeats
   * an event, but never loses one.
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
   * Hears of each webhook that is refused or fails: a `WebhookError`, or what `onEvent` or `seen` threw.
   * @default `console.error`, but not for requests that are refused: anybody can send those
   */
  readonly onError?: (error: unknown, request: Request) => void;
}

/** Far more than an event has. A megabyte takes 25 ms to check, no matter who sends it. */
const MAX_BYTES = 2 * 2 ** 20;

/** Less than the sender waits for an answer. */
const BODY_TIMEOUT = 10_000;

/**
 * An endpoint for webhooks, for every server that knows `Request` and `Response`. It answers 204 after `onEvent` is done;
 * 400, 405, 408 or 413 to what is not a webhook of yours; 500 when `onEvent` fails, so that the sender tries again; and 503
 * while the same delivery is still being handled.
 * @throws WebhookError where the secret cannot be one
 * @example
 * ```ts
 * export const POST = webhookHandler({ secret, onEvent: async (event) => handle(event) });
 * ```
 */
export function webhookHandler(options: WebhookHandlerOptions): (request: Request) => Promise<Response> {
  const { secret, onError = logFailure } = options;
  // A secret that cannot be right is better found at the start than by the first event.
  if (typeof secret !== "function") checksOf(secret);
  const running = new Set<string>();
  return async (request) => {
    try {
      return await answer(request, options, running);
    } catch (error) {
      try {
        onError(error, request);
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
  { secret, onEvent, seen, maxBytes = MAX_BYTES, bodyTimeout = BODY_TIMEOUT }: WebhookHandlerOptions,
  running: Set<string>,
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
  // A promise would do to wait for the other one, but on Cloudflare a request must not wait for what belongs to another.
  if (running.has(deliveryId)) return reply(503, "The same delivery is being handled.");
  running.add(deliveryId);
  try {
    if (!(await seen.has(deliveryId))) {
      await onEvent(event, request);
      await seen.add(deliveryId);
    }
  } finally {
    running.delete(deliveryId);
  }
  return new Response(null, { status: 204 });
}

function reply(status: number, message: string, headers: Record<string, string> = {}): Response {
  return new Response(message, { status, headers: { "content-type": "text/plain", ...headers } });
}

function logFailure(error: unknown): void {
  if (!WebhookError.is(error) || error.status >= 500) console.error(error);
}
