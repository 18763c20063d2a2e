import { DotsError } from "@dots-payouts/client";

/** Whether the API did not take the credentials. */
export function isUnauthorized(error: unknown): boolean {
  return error instanceof DotsError && (error.status === 401 || error.status === 403);
}

/** Whether the API answered, and asking again will not change what it says. */
export function isFinal(error: unknown): boolean {
  if (!(error instanceof DotsError)) return true;
  const { status } = error;
  return status !== undefined && status >= 300 && status < 500 && status !== 408 && status !== 429;
}
