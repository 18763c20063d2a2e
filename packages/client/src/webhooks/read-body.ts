import { WebhookError } from "./webhook-error.ts";

/**
 * Reads a whole body, up to a size and a time limit.
 * @param patience in milliseconds
 * @throws WebhookError if it cannot
 */
export async function readBody(request: Request, maxBytes: number, patience: number): Promise<Uint8Array> {
  if (request.bodyUsed) {
    throw new WebhookError(
      "setup",
      "The body was already read: pass the request to the handler before anything parses it.",
    );
  }
  if (Number(request.headers.get("content-length")) > maxBytes) throw tooLong(maxBytes);
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = request.body?.getReader();
  let isLate = false;
  // The pending read then ends, or fails.
  const stop = (): void => void reader?.cancel().catch(() => {});
  const timer = setTimeout(() => {
    isLate = true;
    stop();
  }, patience);
  try {
    while (reader !== undefined) {
      const { value, done } = await reader.read().catch(() => {
        throw new WebhookError("body", "The body of the webhook did not arrive completely.");
      });
      if (isLate) {
        throw new WebhookError(
          "time",
          `The body of the webhook did not arrive in ${patience / 1000} seconds.`,
        );
      }
      if (done) break;
      length += value.byteLength;
      if (length > maxBytes) {
        stop();
        throw tooLong(maxBytes);
      }
      chunks.push(value);
    }
  } finally {
    clearTimeout(timer);
  }
  const body = new Uint8Array(length);
  let end = 0;
  for (const chunk of chunks) {
    body.set(chunk, end);
    end += chunk.byteLength;
  }
  return body;
}

function tooLong(maxBytes: number): WebhookError {
  return new WebhookError("size", `The body of the webhook is longer than ${maxBytes} bytes.`);
}
