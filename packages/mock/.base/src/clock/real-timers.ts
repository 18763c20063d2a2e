/**
 * The timers of the process, as they are when the mock is loaded. A test that puts timers of its own in their places
 * would stop the mock.
 */
export const startTimer: typeof setTimeout = globalThis.setTimeout;
export const stopTimer: typeof clearTimeout = globalThis.clearTimeout;

/** Milliseconds since 1970, by the real clock. */
export const realNow: () => number = globalThis.Date.now;
