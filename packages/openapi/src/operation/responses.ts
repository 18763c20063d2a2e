import type { Response } from "./operation.ts";

/** The status that is sent for a response that documents a range of successes (`2XX`) or every status (`default`). */
const USUAL_SUCCESS = 200;

/**
 * The responses that document success: those for a 2xx status or the range `2XX`, in the order of the document. Where
 * there is none, `default` is one: it documents every status.
 */
export function successResponses(responses: readonly Response[]): readonly Response[] {
  const successes = responses.filter(({ status }) => /^2(\d\d|XX)$/i.test(status));
  return successes.length > 0 ? successes : responses.filter(({ status }) => isDefault(status));
}

/** The success that a server gives without being asked for another: the one with the lowest status. */
export function usualSuccess(responses: readonly Response[]): Response | undefined {
  return [...successResponses(responses)].sort((one, other) => successStatus(one) - successStatus(other))[0];
}

/** The status that is sent for a documented success: its own, or 200 for a range and for `default`. */
export function successStatus({ status }: Response): number {
  return /^\d{3}$/.test(status) ? Number(status) : USUAL_SUCCESS;
}

/**
 * The response that documents a status: the status itself, else its range (`4XX`), else `default`
 * (OpenAPI 3.1, Responses Object). The letters may be of either case.
 */
export function responseFor(responses: readonly Response[], status: number): Response | undefined {
  const range = `${Math.floor(status / 100)}XX`;
  return (
    responses.find((response) => response.status === String(status)) ??
    responses.find((response) => response.status.toUpperCase() === range) ??
    responses.find((response) => isDefault(response.status))
  );
}

function isDefault(status: string): boolean {
  return status.toLowerCase() === "default";
}
