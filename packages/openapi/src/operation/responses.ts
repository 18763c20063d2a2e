import type { Response } from "./operation.ts";

/** The status that is sent for a response that documents a range of successes (`2XX`) or every status (`default`). */
const USUAL_SUCCESS = 200;

/**
 * The responses that document success: those for a 2xx status or the range `2XX`, in document order. If there are none,
 * `default` counts, because it documents every status.
 */
export function successResponses<Documented extends Pick<Response, "status">>(
  responses: readonly Documented[],
): readonly Documented[] {
  const successes = responses.filter(({ status }) => /^2(\d\d|XX)$/i.test(status));
  return successes.length > 0 ? successes : responses.filter(({ status }) => isDefault(status));
}

/** The success that a server returns by default: the one with the lowest status. */
export function usualSuccess<Documented extends Pick<Response, "status">>(
  responses: readonly Documented[],
): Documented | undefined {
  return [...successResponses(responses)].sort((one, other) => successStatus(one) - successStatus(other))[0];
}

/** The status that is sent for a documented success: its own, or 200 for a range and for `default`. */
export function successStatus(response: Pick<Response, "status">): number {
  return exactStatus(response) ?? USUAL_SUCCESS;
}

/** The one status that a response documents; `undefined` for a range and for `default`. */
export function exactStatus({ status }: Pick<Response, "status">): number | undefined {
  return /^\d{3}$/.test(status) ? Number(status) : undefined;
}

/**
 * The response that documents a status: the status itself, else its range (`4XX`), else `default`
 * (OpenAPI 3.1, Responses Object). The letters may be of either case.
 */
export function responseFor<Documented extends Pick<Response, "status">>(
  responses: readonly Documented[],
  status: number,
): Documented | undefined {
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
