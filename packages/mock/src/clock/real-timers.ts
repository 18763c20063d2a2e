/**
 * The timers of the process at the time the mock is loaded. A test's fake timers would otherwise stop the mock.
 */
export const startTimer: typeof setTimeout = globalThis.setTimeout;
export const stopTimer: typeof clearTimeout = globalThis.clearTimeout;

/** Milliseconds since 1970, by the real clock. */
export const realNow: () => number = globalThis.Date.now;
