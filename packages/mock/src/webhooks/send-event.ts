import { Webhook } from "standardwebhooks";
import { MockError } from "../mock-error.ts";

/** Who is told of events. */
export interface Receiver {
  readonly url: string;
  /** `whsec_` and base64: what each delivery is signed with. */
  readonly secret: string;
}

/** Milliseconds that the receiver has for an answer. */
const PATIENCE = 15_000;

/** @throws MockError if the secret is none. */
export function requireSecret(secret: string): string {
  if (/^whsec_[A-Za-z0-9+/]+={0,2}$/.test(secret)) return secret;
  // The secret itself is not shown.
  throw new MockError("The secret of webhooks needs whsec_ and base64 after it.");
}

/**
 * Sends an event once, signed as Svix does. The receiver compares the time that is signed with its own clock, so it is
 * the real one and not that of the mock.
 * @returns the status of the answer
 * @throws Error if there is no answer
 */
export async function sendEvent(
  { url, secret }: Receiver,
  id: string,
  body: string,
  signal: AbortSignal,
): Promise<number> {
  const now = new Date();
  const headers = {
    "content-type": "application/json",
    "user-agent": "dots-mock",
    "svix-id": id,
    "svix-timestamp": String(Math.floor(now.getTime() / 1_000)),
    "svix-signature": new Webhook(secret).sign(id, now, body),
  };
  const response = await fetch(url, {
    ...{ method: "POST", headers, body, redirect: "manual" as const },
    signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]),
  });
  await response.body?.cancel();
  return response.status;
}
