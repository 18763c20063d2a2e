import { createHmac } from "node:crypto";

export const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
export const OTHER_SECRET = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

/** The headers of a webhook, signed as the standard says and without the library that checks them. */
export function signed(
  body: string | Uint8Array,
  {
    secret = SECRET,
    id = "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W",
    at = Math.floor(Date.now() / 1000),
    prefix = "svix",
  }: { secret?: string; id?: string; at?: number; prefix?: "svix" | "webhook" } = {},
): Record<string, string> {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${at}.`).update(body).digest("base64");
  return {
    [`${prefix}-id`]: id,
    [`${prefix}-timestamp`]: String(at),
    [`${prefix}-signature`]: `v1,${signature}`,
  };
}
