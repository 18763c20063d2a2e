import { milliseconds, moment, requireTold } from "./duration.ts";

/**
 * The timers of the process at the time the mock is loaded. A test's fake timers would otherwise stop the mock.
 */
const startTimer: typeof setTimeout = globalThis.setTimeout;
const stopTimer: typeof clearTimeout = globalThis.clearTimeout;

/** Milliseconds since 1970, by the real clock. */
const realNow: () => number = globalThis.Date.now;

/** The mock's clock. It runs at normal speed from wherever it is set. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds that it was moved since the start. */
  moved(): number;
  /** @throws MockError for an invalid time. */
  set(time: string | number | Date): void;
  /**
   * Moves it forward. Whatever becomes due happens now, in order.
   * @throws MockError for an invalid duration, or one that goes beyond the year 9998.
   */
  advance(duration: string | number): void;
  /** Runs something at a given time. Returns a function that cancels it. */
  at(due: number, work: () => void): () => void;
  /** Stops the clock's timers. */
  close(): void;
}

interface Appointment {
  readonly due: number;
  readonly work: () => void;
}

/** The longest possible timer (2³¹ − 1 milliseconds). */
const LONGEST_WAIT = 2_147_483_647;

/** @param start where it starts @default the current time */
export function createClock(start?: number): Clock {
  let offset = start === undefined ? 0 : start - realNow();
  let moved = 0;
  let closed = false;
  let timer: ReturnType<typeof startTimer> | undefined;
  const waiting = new Set<Appointment>();

  const now = () => realNow() + offset;
  const next = () => [...waiting].reduce<Appointment | undefined>(earlier, undefined);
  const wait = () => {
    stopTimer(timer);
    const first = next();
    if (first === undefined || closed) return;
    timer = startTimer(run, Math.min(Math.max(first.due - now(), 0), LONGEST_WAIT));
    // Planned work does not keep the process alive.
    if (typeof timer === "object") timer.unref();
  };
  const run = () => {
    for (let first = next(); first !== undefined && first.due <= now(); first = next()) {
      waiting.delete(first);
      first.work();
    }
    wait();
  };
  const move = (by: number) => {
    offset += by;
    moved += by;
    run();
  };
  return {
    now,
    moved: () => moved,
    set: (time) => move(moment(time) - now()),
    advance(duration) {
      const end = requireTold(now() + milliseconds(duration));
      // Due work may read the clock and plan more.
      for (let first = next(); first !== undefined && first.due <= end; first = next()) {
        if (first.due > now()) move(first.due - now());
        else run();
      }
      move(Math.max(0, end - now()));
    },
    at(due, work) {
      const appointment = { due, work };
      waiting.add(appointment);
      wait();
      return () => {
        waiting.delete(appointment);
        wait();
      };
    },
    close() {
      closed = true;
      stopTimer(timer);
      waiting.clear();
    },
  };
}

function earlier(first: Appointment | undefined, other: Appointment): Appointment {
  return first === undefined || other.due < first.due ? other : first;
}
