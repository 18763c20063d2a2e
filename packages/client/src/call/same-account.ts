import type { Failure } from "../errors/failure.ts";
import { type Call, failure } from "./call.ts";

/**
 * Records which account a call is sent for.
 * @returns the error of a call whose key may have been sent for another account: there it may have paid, and here it
 * would pay again. Or whose caller named another one.
 */
export function otherAccount(call: Call, account: string): Failure | undefined {
  const { account: first = account, outcome, earlierBody, isBound } = call;
  // The caller of a continued call may have stored less than was known.
  const mayBeSent = outcome !== "not_sent" || earlierBody !== undefined;
  if (first !== account && (mayBeSent || isBound)) {
    const what = `the key was sent for ${first}, not for ${account}`;
    return failure(call, "InvalidRequestError", what, mayBeSent ? { outcome: "unknown" } : undefined);
  }
  call.account = account;
  return undefined;
}
