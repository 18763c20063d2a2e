import { DotsError } from "../errors/dots-error.ts";
import { markOf } from "../settings/account.ts";
import type { Settings } from "../settings/settings.ts";
import { type Call, factsOf } from "./call.ts";

/** The account that a call is for, if it is known before the credentials are read. */
export function knownAccount({ baseUrl, login }: Settings, { headers, key }: Call): string | undefined {
  return key === undefined || typeof login === "function"
    ? undefined
    : markOf(baseUrl, login.client, headers);
}

/**
 * Records which account a call is sent for.
 * @throws InvalidRequestError if its key may have been sent for another account: it may have paid there, and would pay
 * again here.
 */
export function requireSameAccount(call: Call, account: string): void {
  const { account: first = account, outcome, earlierBody } = call;
  // The caller of a continued call may have stored less than was known.
  if (first !== account && (outcome !== "not_sent" || earlierBody !== undefined)) {
    throw new DotsError(`the key was first sent for ${first}, not for ${account}`, {
      ...factsOf(call),
      name: "InvalidRequestError",
      outcome: "unknown",
      advice: "It may have been carried out. Call again with { continue: error } for the first account.",
    });
  }
  call.account = account;
}
