import type { JournalEntry } from "./entry.ts";

/** A request in one line, as a person reads it in a terminal. */
export function requestLine({ time, method, path, status, duration, reasons }: JournalEntry): string {
  const why = reasons.map(({ path: at, message }) => (at === "" ? message : `${at}: ${message}`)).join("; ");
  const line = `${time.slice(11, 19)} ${method} ${printable(path)} → ${status} (${duration.toFixed(1)} ms)`;
  return why === "" ? line : `${line}  ${printable(why)}`;
}

/** Control characters from a request must not steer the terminal. */
function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, "�").slice(0, 400);
}
