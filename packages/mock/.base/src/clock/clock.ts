import { milliseconds, moment, requireTold } from "./duration.ts";
import { realNow, startTimer, stopTimer } from "./real-timers.ts";

/** The time that the mock lives by. It goes at the usual pace, from wherever it is set. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds by which it was moved since the start. */
  moved(): number;
  /** @throws MockError for what is no time. */
  set(time: string | number | Date): void;
  /**
   * Moves it forward. What is due until then happens now, in its order.
   * @throws MockError for what is no duration, or leads beyond the year 9998.
   */
  advance(duration: string | number): void;
  /** Does something once the time has come. Returns what calls that off. */
  at(due: number, work: () => void): () => void;
  /** Does nothing any more. */
  close(): void;
}

interface Appointment {
  readonly due: number;
  readonly work: () => void;
}

/** A timer cannot be set for longer (2³¹ − 1 milliseconds). */
const LONGEST_WAIT = 2_147_483_647;

/** @param start where it starts; the time of day where nothing is said */
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
    // Nothing that is to happen later keeps the process alive.
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
      // What happens on the way may ask what time it is, and plan more.
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
