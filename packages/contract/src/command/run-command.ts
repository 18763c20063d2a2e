import { appendFileSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";
import { CannotRun } from "../errors/cannot-run.ts";
import { markKnown } from "../report/baseline.ts";
import { github, markdown } from "../report/github.ts";
import { html } from "../report/html.ts";
import { junit } from "../report/junit.ts";
import type { Report } from "../report/model.ts";
import { pretty } from "../report/pretty.ts";
import type { Announcement, Progress } from "../run/contract-options.ts";
import { openFile, readBaseline, writeScripts } from "./files.ts";
import type { ReporterName } from "./option-values.ts";
import { type Command, type HelpWanted, parseCommand } from "./options.ts";
import { usage } from "./usage.ts";

/** The environment that the command runs in, besides its arguments. */
export interface Surroundings {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: NodeJS.ProcessEnv;
}

/** A stream of a process, or a replacement for it. */
interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
  hasColors?(): boolean;
}

/** Runs the command, and returns the exit code of its process. */
export async function runCommand(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { stdout, stderr, env } = surroundings;
  try {
    const command = await parseCommand(args, env);
    if (!("help" in command)) return await run(command, surroundings);
    stdout.write(await help(command));
    return 0;
  } catch (error) {
    clearProgress(stderr);
    const message = error instanceof Error ? error.message : String(error);
    const problem =
      error instanceof CannotRun ? message : `the suite itself has failed, please report this: ${message}`;
    stderr.write(`dots-contract: ${problem}\n`);
    return 2;
  }
}

async function help({ spec }: HelpWanted): Promise<string> {
  const { headerFlags } = await import("./header-flags.ts");
  return usage(headerFlags(spec));
}

async function run(command: Command, { stdout, stderr, env }: Surroundings): Promise<number> {
  const { options, reports, failOn, baseline, scripts, listCreated } = command;
  const earlier = baseline === undefined ? undefined : readBaseline(baseline);
  const targets = reports.map(({ reporter, file }) => ({
    reporter,
    file: file === undefined ? undefined : openFile(file),
  }));
  try {
    // The code for requests takes a while to load, and wrong arguments don't need it.
    const { runContract } = await import("../run-contract.ts");
    const found = await runContract({
      ...options,
      onStart: announceOn(stderr),
      onResult: progressOn(stderr),
    });
    const report = earlier === undefined ? found : markKnown(found, earlier);
    clearProgress(stderr);
    for (const { reporter, file } of targets) {
      const text = render(report, reporter, file === undefined && stdout.hasColors?.() === true);
      if (file === undefined) stdout.write(text);
      else file.write(text);
    }
    if (reports.some(({ reporter }) => reporter === "github")) summarise(report, env["GITHUB_STEP_SUMMARY"]);
    if (targets.every(({ file }) => file !== undefined)) stderr.write(lastLines(report));
    if (scripts !== undefined) writeScripts(scripts, report.causes);
    if (listCreated) stderr.write(createdBy(report));
    const counts = report.causes.some(({ severity, known }) => failOn.includes(severity) && known !== true);
    return counts ? 1 : 0;
  } finally {
    for (const { file } of targets) file?.drop();
  }
}

function render(report: Report, reporter: ReporterName, color: boolean): string {
  switch (reporter) {
    case "json":
      return `${JSON.stringify(report, null, 2)}\n`;
    case "junit":
      return junit(report);
    case "html":
      return html(report);
    case "github":
      return github(report);
    case "pretty":
      return pretty(report, color);
  }
}

/** GitHub Actions shows what is appended to this file. */
function summarise(report: Report, file: string | undefined): void {
  if (file !== undefined && file !== "") appendFileSync(file, markdown(report));
}

function lastLines(report: Report): string {
  const lines = stripVTControlCharacters(pretty(report, false)).trimEnd().split("\n").slice(-2);
  return `${lines.join("\n")}\n`;
}

function createdBy({ created }: Report): string {
  const lines = created.map(({ operation, id, key }) =>
    [operation, id, ...(key === undefined ? [] : [key])].join(" "),
  );
  return `Created by this run (${created.length}):\n${lines.map((line) => `  ${line}\n`).join("")}`;
}

const announceOn =
  (stderr: Output) =>
  ({ server, checks, creates, seed, webhooks }: Announcement): void => {
    const made = Object.entries(creates).map(([operation, count]) => `${count} by ${operation}`);
    stderr.write(`Checking ${checks} promises of ${server} (seed ${seed}).\n`);
    if (made.length > 0) stderr.write(`A correct server creates at most: ${made.join(", ")}.\n`);
    if (webhooks !== undefined) stderr.write(`Receiving deliveries at ${webhooks}.\n`);
  };

const progressOn =
  (stderr: Output) =>
  ({ done, total, failed, title }: Progress): void => {
    if (stderr.isTTY !== true) return;
    const line = `${done}/${total}${failed > 0 ? `, ${failed} broken` : ""}  ${title}`;
    stderr.write(`\r\u001b[2K${line.slice(0, Math.max((stderr.columns ?? 80) - 1, 20))}`);
  };

function clearProgress(stderr: Output): void {
  if (stderr.isTTY === true) stderr.write("\r\u001b[2K");
}
