import { styleText } from "node:util";
import type { Severity } from "../expectations/broken-promise.ts";
import type { RuleCoverage } from "./coverage.ts";
import type { Cause, Report } from "./model.ts";

/** How many promises of a cause are listed by name; the rest are counted. */
const LISTED = 6;
/** The longest request or answer, in characters, that is shown whole. */
const LONGEST = 400;
/** The longest line of a script that is shown whole. */
const LONGEST_LINE = 1_500;

type Paint = (style: "bold" | "dim" | "red" | "green" | "yellow", text: string) => string;

/** The heading of each severity. */
const RISKS: Readonly<Record<Severity, string>> = {
  money: "Money: paid twice, to somebody else, or another amount",
  security: "Security: somebody gets what is not theirs, or can take the server down",
  data: "Data: something valid is refused, or returned differently",
  form: "Form: statuses, headers and content types",
};

/** The report for a terminal, the worst first. @param color whether it may contain ANSI colors */
export function pretty(report: Report, color: boolean): string {
  const paint: Paint = (style, text) => (color ? styleText(style, text, { validateStream: false }) : text);
  const lines = [...operations(report, paint), ""];
  let number = 0;
  for (const [severity, causes] of Map.groupBy(report.causes, (cause) => cause.severity)) {
    lines.push("", paint("bold", RISKS[severity]));
    for (const cause of causes) {
      number += 1;
      lines.push("", ...showCause(cause, number, paint));
    }
  }
  lines.push("", ...assumptions(report, paint), ...ownRules(report, paint));
  lines.push("", ...notExercised(report, paint), ...connections(report, paint), summary(report, paint));
  return `${lines
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim()}\n`;
}

function operations({ checks }: Report, paint: Paint): string[] {
  return [...Map.groupBy(checks, ({ operation }) => operation)].map(([operation, own]) => {
    const count = (status: string): number => own.filter((check) => check.status === status).length;
    const [passed, failed, differing, refused] = ["passed", "failed", "differs", "refused"].map(count);
    const more = [
      ...(differing ? [`${differing} differ from assumptions`] : []),
      ...(refused ? [`${refused} refused by its own rules`] : []),
    ];
    const mark = failed === 0 ? paint("green", "✓") : paint("red", "✗");
    const kept = `${passed} of ${own.length} promises kept`;
    return `${mark} ${paint("bold", operation)}  ${[kept, ...more].join(", ")}`;
  });
}

function showCause(found: Cause, number: number, paint: Paint): string[] {
  const { cause, operations: where, promises, detail, repeated, known } = found;
  const lines = [`  ${paint("red", `${number}. ${cause}`)}${known ? paint("yellow", "  (known)") : ""}`];
  const more = promises.length - LISTED;
  const row = (name: string, text: string): string => `     ${paint("dim", name.padEnd(9))} ${text}`;
  lines.push(
    row("in", where.join(", ")),
    ...promises.slice(0, LISTED).map((promise) => `     · ${promise}`),
    ...(more > 0 ? [`     · and ${more} more`] : []),
    row("promised", detail.expected),
    row("in spec", `#${detail.place}`),
    ...(detail.assumption === undefined ? [] : [row("assumed", oneLine(detail.assumption))]),
  );
  if (detail.received !== undefined) lines.push(row("received", short(detail.received)));
  for (const { request, answer } of detail.exchanges.slice(-2)) {
    lines.push(row("sent", short(request)), row("answer", short(answer)));
  }
  if (repeated !== undefined)
    lines.push(row("repeated", `${repeated.times} times, failed ${repeated.failed}`));
  return [...lines, ...repeat(found, row)];
}

/** One request is a line; several are a script. */
function repeat({ detail, script }: Cause, row: (name: string, text: string) => string): string[] {
  const commands = script.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  const [last] = detail.exchanges.slice(-1);
  const isOne = detail.exchanges.length === 1 && !commands.some((line) => line.startsWith("seq "));
  if (isOne && last !== undefined && !/^KEY/m.test(script)) return [row("repeat", long(last.curl))];
  return commands
    .filter((line) => line !== "echo")
    .map((line, index) => row(index === 0 ? "repeat" : "", long(line)));
}

function long(line: string): string {
  return line.length > LONGEST_LINE ? "(too long to show: --export writes it to a file)" : line;
}

/**
 * A readable line; the other reporters show all of it. It stays one line, because text from the server must not start a
 * line: GitHub Actions would treat `::error::` as a command.
 */
function short(text: string): string {
  const line = oneLine(text);
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

function assumptions({ assumptions: found }: Report, paint: Paint): string[] {
  if (found.length === 0) return [];
  const lines = [
    paint("yellow", "Differs from what the spec only assumes (--strict counts that as broken):"),
  ];
  for (const { cause, operations: where, promises, detail } of found) {
    const last = detail.exchanges.at(-1);
    lines.push(
      `  ${cause} ${paint("dim", `(${where.join(", ")}; ${promises.length})`)}`,
      `     ${paint("dim", "assumed  ")} ${oneLine(detail.assumption ?? "")}`,
      ...(last === undefined
        ? []
        : [
            `     ${paint("dim", "sent     ")} ${short(last.request)}`,
            `     ${paint("dim", "answer   ")} ${short(last.answer)}`,
          ]),
    );
  }
  return [...lines, ""];
}

function ownRules({ ownRules: found }: Report, paint: Paint): string[] {
  if (found.length === 0) return [];
  const lines = [
    paint(
      "yellow",
      "Refused by the server's own rules, with values that it may not know (use --values for others):",
    ),
  ];
  for (const { operation, about, checks, exchange } of found) {
    lines.push(`  ${operation} ${about} ${paint("dim", `(${checks.length})`)}`);
    if (exchange !== undefined) {
      lines.push(
        `     ${paint("dim", short(exchange.request))}`,
        `     ${paint("dim", short(exchange.answer))}`,
      );
    }
  }
  return [...lines, ""];
}

function notExercised({ coverage }: Report, paint: Paint): string[] {
  const lines: string[] = [];
  if (coverage.notExercised.length > 0) {
    lines.push(paint("yellow", `${coverage.notExercised.length} promises were not exercised:`));
    const reasons = Map.groupBy(coverage.notExercised, ({ reason }) => reason);
    lines.push(...[...reasons].map(([reason, promises]) => `  ${promises.length} × ${reason}`), "");
  }
  const missing = coverage.rules.filter(({ exercised }) => !exercised);
  lines.push(`${coverage.exercised} of ${coverage.total} rules of the spec were tested.`);
  for (const [reason, rules] of Map.groupBy(missing, (rule) => rule.reason ?? "")) {
    lines.push(paint("dim", `  ${rules.length} not: ${reason} (${placesOf(rules)})`));
  }
  return [...lines, ""];
}

/** The places of the rules, the first few by name. */
function placesOf(rules: readonly RuleCoverage[]): string {
  const names = [...new Set(rules.map(({ side, property }) => nameOf(side, property)))];
  const shown = names.slice(0, 5).join(", ");
  return names.length > 5 ? `${shown} and ${names.length - 5} more places` : shown;
}

function nameOf(side: string, property: string): string {
  if (side !== "request") return `${side} ${property}`.trim();
  return property === "" ? "the body" : property;
}

function connections({ connections: { idle, other }, created, removed }: Report, paint: Paint): string[] {
  const made =
    created.length > 0
      ? [paint("dim", `${created.length} resources were created, ${removed} of them removed again.`)]
      : [];
  const told = [
    ...(idle > 0
      ? [`${idle} idle connections were cut just as they were reused: their requests were sent twice`]
      : []),
    ...(other > 0 ? [`${other} connections were cut before an answer was complete`] : []),
  ];
  return [...made, ...(told.length === 0 ? [] : [paint("yellow", `${told.join("; ")}.`)])];
}

function summary(report: Report, paint: Paint): string {
  const { server, passed, failed, differing, refused, causes, requests, milliseconds, seed } = report;
  const seconds = (milliseconds / 1_000).toFixed(1);
  const total = passed + failed + differing + refused;
  const known = causes.filter((cause) => cause.known).length;
  const reasons = `${causes.length} ${causes.length === 1 ? "reason" : "reasons"}${known > 0 ? `, ${known} of them known` : ""}`;
  const found =
    failed === 0
      ? paint(
          "green",
          `${server} kept ${passed === total ? `all ${total}` : `${passed} of ${total}`} promises`,
        )
      : paint("red", `${server} broke ${failed} of ${total} promises, for ${reasons}`);
  const more = [
    ...(differing > 0 ? [`${differing} differ from assumptions`] : []),
    ...(refused > 0 ? [`${refused} were refused by its own rules`] : []),
  ];
  const end = more.length === 0 ? "." : `; ${more.join(", ")}.`;
  return `${found}${end}\n${paint("dim", `${requests} requests in ${seconds} s · seed ${seed}`)}`;
}
