import type { CheckReport, NotExercised, Report } from "./model.ts";

/** The report as JUnit XML, as CI systems read it: a suite for each operation, a case for each promise. */
export function junit(report: Report): string {
  const operations = [
    ...new Set([...report.checks, ...report.coverage.notExercised].map(({ operation }) => operation)),
  ];
  const suites = operations.map((operation) => {
    const checks = report.checks.filter((check) => check.operation === operation);
    const skipped = report.coverage.notExercised.filter((promise) => promise.operation === operation);
    const failures = checks.filter(({ status }) => status === "failed").length;
    const counts = `tests="${checks.length + skipped.length}" failures="${failures}" skipped="${skipped.length}"`;
    const cases = [...checks.map(checkCase), ...skipped.map(skippedCase)];
    return `  <testsuite name="${escapeXml(operation)}" ${counts}>\n${cases.join("\n")}\n  </testsuite>`;
  });
  const total = report.passed + report.failed + report.coverage.notExercised.length;
  const seconds = (report.milliseconds / 1_000).toFixed(3);
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="${escapeXml(report.server)}" tests="${total}" failures="${report.failed}" time="${seconds}">
${properties(report)}
${suites.join("\n")}
</testsuites>
`;
}

/** Coverage and seed: each rule that was not put to the test, with the reason. */
function properties({ seed, coverage }: Report): string {
  const missing = coverage.rules
    .filter(({ exercised }) => !exercised)
    .map(({ operation, side, property, keyword, reason = "" }) => [
      `not exercised: ${operation} ${side} ${property} ${keyword}`,
      reason,
    ]);
  const all = [
    ["seed", String(seed)],
    ["rules exercised", `${coverage.exercised} of ${coverage.total}`],
    ...missing,
  ];
  const lines = all.map(
    ([name = "", value = ""]) => `    <property name="${escapeXml(name)}" value="${escapeXml(value)}"/>`,
  );
  return `  <properties>\n${lines.join("\n")}\n  </properties>`;
}

function checkCase({ id, operation, title, milliseconds, detail }: CheckReport): string {
  const open = `    <testcase classname="${escapeXml(operation)}" name="${escapeXml(`${title} [${id}]`)}" time="${(milliseconds / 1_000).toFixed(3)}"`;
  if (detail === undefined) return `${open}/>`;
  const failures = detail.map(({ cause, expected, place, exchanges }) => {
    const last = exchanges.at(-1);
    const text = [
      `promised: ${expected}`,
      `in spec: #${place}`,
      ...(last === undefined
        ? []
        : [`sent: ${last.request}`, `answer: ${last.answer}`, `repeat: ${last.curl}`]),
    ].join("\n");
    return `      <failure message="${escapeXml(cause)}">${escapeXml(text)}</failure>`;
  });
  return `${open}>\n${failures.join("\n")}\n    </testcase>`;
}

function skippedCase({ id, operation, title, reason }: NotExercised): string {
  const name = escapeXml(`${title} [${id}]`);
  return `    <testcase classname="${escapeXml(operation)}" name="${name}"><skipped message="${escapeXml(reason)}"/></testcase>`;
}

/** Text in XML 1.0, which has no place for most control characters and for half surrogates. */
function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
