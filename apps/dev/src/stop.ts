/** How often, in milliseconds, to look whether the terminal or script that started this is still there. */
const PARENT_CHECK_MS = 1000;

/**
 * A signal that aborts when the person has had enough: on Ctrl-C, on SIGTERM, when the terminal closes, and when
 * the process that started this one was killed without a word to its children.
 */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => controller.abort());
  }
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid !== parent) controller.abort();
  }, PARENT_CHECK_MS);
  timer.unref();
  return controller.signal;
}
