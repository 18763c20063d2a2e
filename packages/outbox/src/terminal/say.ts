import { OutboxError } from "../outbox-error.ts";

/** Writes a line to standard output. */
export function say(text: string): void {
  console.log(printable(text));
}

/** Writes a line to standard error. */
export function warn(text: string): void {
  console.error(printable(text));
}

/**
 * Writes a text to standard output unchanged, and waits until it is written. If the reader is gone, the rest is
 * dropped.
 * @throws OutboxError if it cannot be written, such as to a file on a full disk
 */
export function print(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => {
      if (error === undefined || error === null || isGone(error)) resolve();
      else
        reject(
          new OutboxError(`The output cannot be written: ${error.message}. What was written is incomplete.`),
        );
    });
  });
}

function isGone(error: Error): boolean {
  return "code" in error && error.code === "EPIPE";
}

/** Text from a file or the API must not control the terminal. */
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, (control) =>
    control === "\n" || control === "\t"
      ? control
      : `\\x${(control.codePointAt(0) ?? 0).toString(16).padStart(2, "0")}`,
  );
}
