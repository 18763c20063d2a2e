/**
 * Runs work with a time limit. When the time is up or the caller's signal aborts, `stop` settles the promise at once, even
 * if the work ignores its own signal. No listener stays on the caller's signal.
 * @param stop gives the result of the work when it has to stop, if there is one already, or the failure
 * @param run the work; absent if there is nothing to do but wait
 */
export function withTimeLimit<Result>(
  milliseconds: number,
  signal: AbortSignal | null | undefined,
  stop: () => Promise<Result>,
  run?: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const controller = new AbortController();
    const release = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
    };
    const end = (): void => {
      release();
      resolve(stop());
      controller.abort();
    };
    const timer = setTimeout(end, milliseconds);
    if (signal?.aborted) return end();
    signal?.addEventListener("abort", end);
    run?.(controller.signal).then(
      (result) => {
        release();
        resolve(result);
      },
      (error: unknown) => {
        release();
        reject(error);
      },
    );
  });
}
