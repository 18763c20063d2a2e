import { DotsError } from "@dots-payouts/client";

/** Whether a request failed, rather than this program or its store. */
export function isApiFailure(error: unknown): error is DotsError {
  return error instanceof DotsError;
}

/** Whether the API did not accept the credentials. */
export function isUnauthorized(error: unknown): boolean {
  return error instanceof DotsError && (error.status === 401 || error.status === 403);
}

/** Whether the API answered, and asking again will not change the answer. */
export function isFinal({ status }: DotsError): boolean {
  return status !== undefined && status >= 300 && status < 500 && status !== 408 && status !== 429;
}
