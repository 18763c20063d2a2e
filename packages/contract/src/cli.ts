import { writeFileSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";
import { type Command, parseCommand, type ReporterName, USAGE } from "./command/options.ts";
import { CannotRun } from "./errors/cannot-run.ts";
import { html } from "./report/html.ts";
import { junit } from "./report/junit.ts";
import type { Report } from "./report/model.ts";
import { pretty } from "./report/pretty.ts";
import type { Announcement, Progress } from "./run/contract-options.ts";
import { runContract } from "./run-contract.ts";

const { stdout, stderr } = process;
// A pipe that is closed early (| head) is not a fault of the run.
stdout.on("error", () => {});

try {
  const command = parseCommand(process.argv.slice(2), process.env);
  if (command === undefined) stdout.write(USAGE);
  else process.exitCode = await run(command);
} catch (error) {
  clearProgress();
  const message = error instanceof Error ? error.message : String(error);
  const problem =
    error instanceof CannotRun ? message : `the suite itself has failed, please report it: ${message}`;
  stderr.write(`dots-contract: ${problem}\n`);
  process.exitCode = 2;
}

async function run({ options, reporter, output }: Command): Promise<number> {
  if (output !== undefined) write(output, "");
  const report = await runContract({ ...options, onStart: announce, onResult: progress });
  clearProgress();
  const text = render(report, reporter, output === undefined && stdout.hasColors?.() === true);
  if (output === undefined) stdout.write(text);
  else {
    write(output, text);
    stderr.write(
      `${stripVTControlCharacters(pretty(report, false)).trimEnd().split("\n").slice(-2).join("\n")}\n`,
    );
  }
  return report.failed === 0 ? 0 : 1;
}

function render(report: Report, reporter: ReporterName, colour: boolean): string {
  if (reporter === "json") return `${JSON.stringify(report, null, 2)}\n`;
  if (reporter === "junit") return junit(report);
  return reporter === "html" ? html(report) : pretty(report, colour);
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch {
    throw new CannotRun(`the report cannot be written to ${file}`);
  }
}

function announce({ server, checks, creates, seed }: Announcement): void {
  const made = Object.entries(creates).map(([operation, count]) => `${count} by ${operation}`);
  stderr.write(`Checking ${checks} promises of ${server} (seed ${seed}).\n`);
  if (made.length > 0) stderr.write(`A server that keeps them makes at most: ${made.join(", ")}.\n`);
}

function progress({ done, total, failed, title }: Progress): void {
  if (!stderr.isTTY) return;
  const line = `${done}/${total}${failed > 0 ? `, ${failed} broken` : ""}  ${title}`;
  stderr.write(`\r\u001b[2K${line.slice(0, Math.max(stderr.columns - 1, 20))}`);
}

function clearProgress(): void {
  if (stderr.isTTY) stderr.write("\r\u001b[2K");
}
