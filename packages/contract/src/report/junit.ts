import type { Cause, CheckReport, NotExercised, Report } from "./model.ts";

/** The report as JUnit XML, as CI systems read it: a suite for each operation, a case for each promise. */
export function junit(report: Report): string {
  const all = [...report.checks, ...report.coverage.notExercised];
  const operations = [...new Set(all.map(({ operation }) => operation))];
  const suites = operations.map((operation) => {
    const checks = report.checks.filter((check) => check.operation === operation);
    const skipped = report.coverage.notExercised.filter((promise) => promise.operation === operation);
    const failures = checks.filter(({ status }) => status === "failed").length;
    const left = checks.filter(({ status }) => status === "refused").length + skipped.length;
    const counts = `tests="${checks.length + skipped.length}" failures="${failures}" skipped="${left}"`;
    const cases = [...checks.map((check) => checkCase(check, report)), ...skipped.map(skippedCase)];
    return `  <testsuite name="${escapeXml(operation)}" ${counts}>\n${cases.join("\n")}\n  </testsuite>`;
  });
  const seconds = (report.milliseconds / 1_000).toFixed(3);
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="${escapeXml(report.server)}" tests="${all.length}" failures="${report.failed}" time="${seconds}">
${properties(report)}
${suites.join("\n")}
</testsuites>
`;
}

/** Seed, coverage and assumptions: each rule that was not tested, with the reason. */
function properties({ seed, coverage, assumptions }: Report): string {
  const missing = coverage.rules
    .filter(({ exercised }) => !exercised)
    .map(({ operation, side, property, keyword, reason = "" }) => [
      `not exercised: ${operation} ${side} ${property} ${keyword}`,
      reason,
    ]);
  const all = [
    ["seed", String(seed)],
    ["rules exercised", `${coverage.exercised} of ${coverage.total}`],
    ...assumptions.map(({ cause, detail }) => [
      `differs from an assumption: ${cause}`,
      detail.assumption ?? "",
    ]),
    ...missing,
  ];
  const lines = all.map(
    ([name = "", value = ""]) => `    <property name="${escapeXml(name)}" value="${escapeXml(value)}"/>`,
  );
  return `  <properties>\n${lines.join("\n")}\n  </properties>`;
}

function checkCase({ id, operation, title, milliseconds, status }: CheckReport, report: Report): string {
  const open = `    <testcase classname="${escapeXml(operation)}" name="${escapeXml(`${title} [${id}]`)}" time="${(milliseconds / 1_000).toFixed(3)}"`;
  if (status === "refused") {
    return `${open}><skipped message="the server refuses the request because of its own rules"/></testcase>`;
  }
  // Each cause with the smallest request that shows it. Readers take one failure for each case.
  const causes = report.causes.filter(({ checks }) => checks.includes(id));
  const [first] = causes;
  if (first === undefined) return `${open}/>`;
  const more = causes.length > 1 ? `, and ${causes.length - 1} more` : "";
  const text = causes.map(describe).join("\n\n");
  return `${open}>\n      <failure type="${first.severity}" message="${escapeXml(`${first.severity}: ${first.cause}${more}`)}">${escapeXml(text)}</failure>\n    </testcase>`;
}

function describe({ severity, cause, detail, script }: Cause): string {
  const exchanges = detail.exchanges
    .slice(-2)
    .flatMap(({ request, answer }) => [`sent: ${request}`, `answer: ${answer}`]);
  return [
    `${severity}: ${cause}`,
    `promised: ${detail.expected}`,
    `in spec: #${detail.place}`,
    ...(detail.received === undefined ? [] : [`received: ${detail.received}`]),
    ...exchanges,
    `repeat:\n${script}`,
  ].join("\n");
}

function skippedCase({ id, operation, title, reason }: NotExercised): string {
  const name = escapeXml(`${title} [${id}]`);
  return `    <testcase classname="${escapeXml(operation)}" name="${name}"><skipped message="${escapeXml(reason)}"/></testcase>`;
}

/** Text for XML 1.0, which does not allow most control characters and lone surrogates. */
function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
