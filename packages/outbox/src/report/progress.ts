import type { WriteStream } from "node:tty";
import type { Progress } from "../engine/summary.ts";
import { count, duration } from "./words.ts";

const WIDTH = 24;

/** Milliseconds between lines when the output is not a terminal. */
const LINE_EVERY = 10_000;

/** Shows the progress of a run: one updating line on a terminal, an occasional line elsewhere. */
export class ProgressBar {
  readonly #stream: NodeJS.WriteStream | WriteStream;
  #last = "";
  #told: number | undefined;

  constructor(stream: NodeJS.WriteStream | WriteStream = process.stderr) {
    this.#stream = stream;
  }

  show(progress: Progress): void {
    const line = progressLine(progress);
    this.#last = line;
    if (this.#stream.isTTY) {
      const width = this.#stream.columns || 80;
      this.#stream.write(`\r\u001b[K${line.slice(0, width - 1)}`);
      return;
    }
    const now = performance.now();
    this.#told ??= now;
    // A short run needs no line.
    if (now - this.#told < LINE_EVERY) return;
    this.#told = now;
    this.#stream.write(`${line}\n`);
  }

  /** Ends the current line. */
  end(): void {
    if (this.#stream.isTTY && this.#last !== "") this.#stream.write("\n");
  }
}

function progressLine({ counts, total, perSecond, secondsLeft, waiting }: Progress): string {
  const left = Math.max(0, counts.pending.rows + counts.sending.rows);
  const done = total.rows - left;
  const share = total.rows === 0 ? 1 : done / total.rows;
  const bar = "█".repeat(Math.floor(share * WIDTH)).padEnd(WIDTH, "░");
  const parts = [
    `${bar} ${count(done)}/${count(total.rows)}`,
    `${count(Math.round(perSecond))}/s`,
    ...(secondsLeft === undefined || left === 0 ? [] : [`${duration(secondsLeft)} left`]),
    ...(counts.refused.rows === 0 ? [] : [`${count(counts.refused.rows)} refused`]),
    ...(counts.unresolved.rows === 0 ? [] : [`${count(counts.unresolved.rows)} unresolved`]),
    ...(waiting === undefined ? [] : [waiting]),
  ];
  return parts.join("  ");
}
