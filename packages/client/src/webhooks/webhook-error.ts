/**
 * Why a webhook was refused:
 *
 * - `headers`: the ID, the time or the signature is missing, or cannot be read. This is not a webhook.
 * - `timestamp`: it was signed more than 5 minutes ago, or is more than 5 minutes ahead. It is an old one sent again, or
 *   a clock is wrong.
 * - `signature`: no secret matches this signature and body. It is a forgery, or the secret or the body is the wrong
 * one.
 * - `body`: the signature matches, but the body is not a JSON object. Or the body could not be read.
 * - `size`: the body is longer than the handler accepts.
 * - `time`: the body did not arrive in time.
 * - `setup`: the receiver is misconfigured: there is no usable secret, or the body is not the raw one.
 */
export type WebhookErrorReason = "headers" | "timestamp" | "signature" | "body" | "size" | "time" | "setup";

const STATUSES: { readonly [Reason in WebhookErrorReason]?: number } = { setup: 500, size: 413, time: 408 };

// The package may be loaded more than once, as a module, as CommonJS or in a bundle. Its errors are the same everywhere.
const BRAND = Symbol.for("@dots-payouts/client/WebhookError");

/** A webhook that must not be acted on. It contains neither the secret nor the body. */
export class WebhookError extends Error {
  override readonly name = "WebhookError";
  /** Why the webhook was refused. */
  readonly reason: WebhookErrorReason;
  /** The status to answer with. After anything but 2xx the sender tries again. */
  readonly status: number;

  constructor(reason: WebhookErrorReason, message: string) {
    super(message);
    this.reason = reason;
    this.status = STATUSES[reason] ?? 400;
    Object.defineProperty(this, BRAND, { value: true });
  }

  /** Whether a value is such an error, from any copy of the package. */
  static is(value: unknown): value is WebhookError {
    return typeof value === "object" && value !== null && BRAND in value;
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return WebhookError.is(value);
  }
}
