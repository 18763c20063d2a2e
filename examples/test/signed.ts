import { createHmac } from "node:crypto";

export const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/** The headers of a webhook, signed like the API does. */
export function signed(body: string, id: string, secret = SECRET): Record<string, string> {
  const time = Math.floor(Date.now() / 1000);
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${time}.${body}`).digest("base64");
  return {
    "content-type": "application/json",
    "svix-id": id,
    "svix-timestamp": String(time),
    "svix-signature": `v1,${signature}`,
  };
}
