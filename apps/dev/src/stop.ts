import { launchers } from "./launchers.ts";

/** How often to check whether the parent process still exists, in milliseconds. */
const LAUNCHER_CHECK_MS = 500;

/**
 * A signal that aborts on Ctrl-C, on SIGTERM, when the terminal closes, and when the package manager that started this
 * was killed, because it does not always tell its children.
 */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => controller.abort());
  }
  const watched = launchers();
  const timer = setInterval(() => {
    if (!watched.every(isAlive)) controller.abort();
  }, LAUNCHER_CHECK_MS);
  timer.unref();
  return controller.signal;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
