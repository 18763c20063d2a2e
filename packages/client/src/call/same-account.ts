import type { Call, Fail } from "./call.ts";

/**
 * Notes for which account a call is sent.
 * @throws InvalidRequestError when its key may have been sent for another one: there it may have paid, and here it would
 * pay again.
 */
export function requireSameAccount(call: Call, account: string, fail: Fail): void {
  const { account: first = account, outcome, earlierBody } = call;
  // Of a call that goes on with another one, its caller may have stored less than there was.
  if (first !== account && (outcome !== "not_sent" || earlierBody !== undefined)) {
    throw fail("InvalidRequestError", `the key was sent for ${first}, not for ${account}`, {
      outcome: "unknown",
    });
  }
  call.account = account;
}
