import { styleText } from "node:util";
import type { RuleCoverage } from "./coverage.ts";
import type { Cause, Report } from "./model.ts";

/** Promises of one cause that are listed by name; the rest is counted. */
const LISTED = 6;
/** The longest request or answer, in characters, that is shown whole. */
const LONGEST = 400;

/** The report for a terminal. @param colour whether it may hold ANSI colours */
export function pretty(report: Report, colour: boolean): string {
  const paint = (style: "bold" | "dim" | "red" | "green" | "yellow", text: string): string =>
    colour ? styleText(style, text, { validateStream: false }) : text;
  const lines: string[] = [];
  const shared = report.causes.filter(({ operations }) => operations.length > 1);
  for (const operation of operationsOf(report)) {
    const checks = report.checks.filter((check) => check.operation === operation);
    const causes = report.causes.filter(({ operations }) => operations.join() === operation);
    const kept = checks.filter(({ status }) => status === "passed").length;
    const mark = kept === checks.length ? paint("green", "✓") : paint("red", "✗");
    lines.push(`${mark} ${paint("bold", operation)}  ${kept} of ${checks.length} promises kept`);
    for (const [index, cause] of causes.entries()) lines.push("", ...showCause(cause, index + 1, paint));
    if (causes.length > 0) lines.push("");
  }
  for (const [operations, causes] of Map.groupBy(shared, (cause) => cause.operations.join(", "))) {
    lines.push("", `${paint("red", "✗")} ${paint("bold", `in ${operations}`)}`);
    for (const [index, cause] of causes.entries()) lines.push("", ...showCause(cause, index + 1, paint));
  }
  lines.push("", ...notExercised(report, paint), summary(report, paint));
  return `${lines
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim()}\n`;
}

type Paint = (style: "bold" | "dim" | "red" | "green" | "yellow", text: string) => string;

function showCause({ cause, promises, detail }: Cause, number: number, paint: Paint): string[] {
  const lines = [`  ${paint("red", `${number}. ${cause}`)}`];
  const more = promises.length - LISTED;
  lines.push(
    ...promises.slice(0, LISTED).map((promise) => `     · ${promise}`),
    ...(more > 0 ? [`     · and ${more} more`] : []),
    `     ${paint("dim", "promised")}  ${detail.expected}`,
    `     ${paint("dim", "in spec ")}  #${detail.place}`,
  );
  for (const { request, answer } of detail.exchanges.slice(-2)) {
    lines.push(
      `     ${paint("dim", "sent    ")}  ${short(request)}`,
      `     ${paint("dim", "answer  ")}  ${short(answer)}`,
    );
  }
  const last = detail.exchanges.at(-1);
  if (last !== undefined) lines.push(`     ${paint("dim", "repeat  ")}  ${last.curl}`);
  return lines;
}

/** A line that can be read; the other reporters show all of it. */
function short(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function notExercised({ coverage }: Report, paint: Paint): string[] {
  const lines: string[] = [];
  if (coverage.notExercised.length > 0) {
    lines.push(paint("yellow", `${coverage.notExercised.length} promises were not exercised:`));
    const reasons = Map.groupBy(coverage.notExercised, ({ reason }) => reason);
    lines.push(...[...reasons].map(([reason, promises]) => `  ${promises.length} × ${reason}`), "");
  }
  const missing = coverage.rules.filter(({ exercised }) => !exercised);
  lines.push(`${coverage.exercised} of ${coverage.total} rules of the spec were put to the test.`);
  for (const [reason, rules] of Map.groupBy(missing, (rule) => rule.reason ?? "")) {
    lines.push(paint("dim", `  ${rules.length} not: ${reason} (${placesOf(rules)})`));
  }
  return [...lines, ""];
}

/** Where the rules stand, the first few by name. */
function placesOf(rules: readonly RuleCoverage[]): string {
  const names = [...new Set(rules.map(({ side, property }) => nameOf(side, property)))];
  const shown = names.slice(0, 5).join(", ");
  return names.length > 5 ? `${shown} and ${names.length - 5} more places` : shown;
}

function nameOf(side: string, property: string): string {
  if (side !== "request") return `${side} ${property}`.trim();
  return property === "" ? "the body" : property;
}

function summary(
  { server, passed, failed, causes, requests, milliseconds, seed }: Report,
  paint: Paint,
): string {
  const seconds = (milliseconds / 1_000).toFixed(1);
  const found =
    failed === 0
      ? paint("green", `${server} kept all ${passed} promises.`)
      : paint(
          "red",
          `${server} broke ${failed} of ${passed + failed} promises, for ${causes.length} ${causes.length === 1 ? "reason" : "reasons"}.`,
        );
  return `${found}\n${paint("dim", `${requests} requests in ${seconds} s · seed ${seed}`)}`;
}

function operationsOf({ checks }: Report): string[] {
  return [...new Set(checks.map(({ operation }) => operation))];
}
