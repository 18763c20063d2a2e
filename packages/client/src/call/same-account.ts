import { DotsError } from "../errors/dots-error.ts";
import { markOf } from "../settings/account.ts";
import type { Settings } from "../settings/settings.ts";
import { type Call, factsOf } from "./call.ts";

/** The account that a call is for, where that is known before it logs in. */
export function knownAccount({ baseUrl, login }: Settings, { headers, key }: Call): string | undefined {
  return key === undefined || typeof login === "function"
    ? undefined
    : markOf(baseUrl, login.client, headers);
}

/**
 * Notes for which account a call is sent.
 * @throws InvalidRequestError when its key may have been sent for another one: there it may have paid, and here it would
 * pay again.
 */
export function requireSameAccount(call: Call, account: string): void {
  const { account: first = account, outcome, earlierBody } = call;
  // Of a call that goes on with another one, its caller may have stored less than there was.
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
