import { readFileSync } from "node:fs";
import { parseCommand, USAGE } from "./command/options.ts";
import { watchFiles } from "./command/watch-files.ts";
import { withoutUser } from "./journal/masking.ts";
import { MockError } from "./mock-error.ts";
import { startMock } from "./start-mock.ts";
import type { JournalEntry } from "./store/journal-entry.ts";

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** Nobody reads the output any more (`dots-mock | head`), so stop. */
process.stdout.on("error", () => process.exit(0));

async function run(): Promise<void> {
  const command = parseCommand(process.argv.slice(2));
  if (command.kind === "help") return console.log(USAGE);
  if (command.kind === "version") return console.log(version());
  const { options, quiet, jsonLogs } = command;
  const say = (event: string, text: string, details: object = {}) =>
    console.log(jsonLogs ? JSON.stringify({ event, ...details, message: text }) : text);
  const mock = await startMock({
    ...options,
    ...(quiet
      ? {}
      : { onRequest: (entry) => console.log(jsonLogs ? JSON.stringify(entry) : requestLine(entry)) }),
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
  const stop = async () => {
    for (const signal of SIGNALS) process.once(signal, () => process.exit(1));
    watched.close();
    await mock.close();
  };
  for (const signal of SIGNALS) process.once(signal, stop);
  const who = options.proxy === undefined ? "The mock" : `The proxy to ${withoutUser(options.proxy)}`;
  say("listening", `${who} listens on ${mock.url}`, { url: mock.url });
}

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  const value =
    typeof manifest === "object" && manifest !== null && "version" in manifest ? manifest.version : "";
  return String(value);
}

function describe(error: unknown): string {
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

run().catch((error: unknown) => {
  console.error(`dots-mock: ${describe(error)}`);
  process.exitCode = 2;
});
