import { withoutUser } from "../journal/masking.ts";
import { MockError } from "../mock-error.ts";
import type { MockOptions } from "../options/mock-options.ts";
import { startMock } from "../start-mock.ts";
import type { JournalEntry } from "../store/journal-entry.ts";
import { watchFiles } from "./watch-files.ts";

/** The command that serves a mock. */
export interface ServeCommand {
  readonly kind: "serve";
  readonly options: MockOptions;
  readonly quiet: boolean;
  readonly jsonLogs: boolean;
}

/** What the command needs from its process. */
export interface Surroundings {
  print(line: string): void;
  /** Gets what ends the mock. Called before the address is printed, because a signal may follow at once. */
  onServing(stop: () => Promise<void>): void;
}

/**
 * Serves a mock, prints its address and its requests, and serves each change of its spec.
 * @throws MockError if it can't start
 */
export async function serve(
  { options, quiet, jsonLogs }: ServeCommand,
  { print, onServing }: Surroundings,
): Promise<void> {
  const say = (event: string, text: string, details: object = {}) =>
    print(jsonLogs ? JSON.stringify({ event, ...details, message: text }) : text);
  const mock = await startMock({
    ...options,
    ...(quiet ? {} : { onRequest: (entry) => print(jsonLogs ? JSON.stringify(entry) : requestLine(entry)) }),
  });
  const watched = watchFiles(mock.specFiles, async () => {
    try {
      await mock.reload();
      say("reloaded", "The spec has changed. The new version is in use.");
    } catch (error) {
      say("reload-failed", `${describe(error)} The last good version stays in use.`);
    }
    return mock.specFiles;
  });
  onServing(async () => {
    watched.close();
    await mock.close();
  });
  const who = options.proxy === undefined ? "The mock" : `The proxy to ${withoutUser(options.proxy)}`;
  say("listening", `${who} listens on ${mock.url}`, { url: mock.url });
}

/** What went wrong, for a person. */
export function describe(error: unknown): string {
  return error instanceof MockError ? error.message : `The mock failed: ${String(error)}`;
}

/** A request as one line in a terminal. */
function requestLine({ time, method, path, status, duration, reasons, warnings }: JournalEntry): string {
  const why = reasons.map(({ path: at, message }) => (at === "" ? message : `${at}: ${message}`));
  const odd = warnings.map(({ message }) => `Warning: ${message}`);
  const line = `${time.slice(11, 19)} ${method} ${printable(path)} → ${status} (${duration.toFixed(1)} ms)`;
  const told = [...why, ...odd].join("; ");
  return told === "" ? line : `${line}  ${printable(told)}`;
}

/** Control characters from a request must not steer the terminal. */
function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it matches them on purpose
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, "�").slice(0, 400);
}
