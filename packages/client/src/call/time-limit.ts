/** Work that may have to end before it is done. */
export interface LimitedWork<Result> {
  run(signal: AbortSignal): Promise<Result>;
  /** The error when it had to. */
  stopError(aborted: boolean): unknown;
}

/**
 * Does work that has to end in time. When the time is over or the caller's signal aborts, the promise rejects at once
 * with the work's `stopError`, whether the work heeds its own signal or not; nothing is left on the caller's.
 */
export function withTimeLimit<Result>(
  milliseconds: number,
  signal: AbortSignal | null | undefined,
  work: LimitedWork<Result>,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const controller = new AbortController();
    const release = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
    };
    const fail = (error: unknown): void => {
      release();
      reject(error);
    };
    const stop = (aborted: boolean): void => {
      fail(work.stopError(aborted));
      controller.abort();
    };
    const abort = (): void => stop(true);
    const timer = setTimeout(stop, milliseconds, false);
    if (signal?.aborted) return abort();
    signal?.addEventListener("abort", abort);
    work.run(controller.signal).then((result) => {
      release();
      resolve(result);
    }, fail);
  });
}

/** Resolves after some time, unless the signal aborts; then never. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => clearTimeout(timer));
  });
}
