import { Webhook } from "standardwebhooks";
import { MockError } from "../mock-error.ts";

/** A receiver of events. */
export interface Receiver {
  readonly url: string;
  /** `whsec_` and base64: what each delivery is signed with. */
  readonly secret: string;
}

/** The time limit for the receiver's answer, in milliseconds. */
const PATIENCE = 15_000;

/** @throws MockError if the secret is invalid. */
export function requireSecret(secret: string): string {
  if (/^whsec_[A-Za-z0-9+/]+={0,2}$/.test(secret)) return secret;
  // The secret itself is not shown.
  throw new MockError("The webhook secret must be whsec_ followed by base64.");
}

/**
 * Sends an event once, signed the way Svix does. The receiver compares the signed time with its own clock, so it is the
 * real time, not the mock's.
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
