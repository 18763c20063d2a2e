import type { Cause, Report } from "./model.ts";

/** GitHub shows ten annotations of a step, and counts the rest. */
const SHOWN = 10;

/** The report as workflow commands of GitHub Actions: an annotation for each cause. */
export function github(report: Report): string {
  const lines = report.causes.slice(0, SHOWN).map(({ severity, cause, operations, detail, known }) => {
    const title = `${severity}: ${cause} (${operations.join(", ")})`;
    const level = known ? "warning" : "error";
    const last = detail.exchanges.at(-1);
    const text = [
      detail.expected,
      ...(detail.received === undefined ? [] : [`received ${detail.received}`]),
      ...(last === undefined ? [] : [`sent ${last.request}`, `answer ${last.answer}`]),
    ];
    return `::${level} title=${escapeProperty(title)}::${escapeData(text.join("\n"))}`;
  });
  const { failed, passed, differing, refused, server } = report;
  const total = `${server}: ${failed} promises broken, ${passed} kept, ${differing} differ from assumptions, ${refused} refused by the server's own rules`;
  return `${[...lines, `::notice title=Contract::${escapeData(total)}`].join("\n")}\n`;
}

/** The report in Markdown, for the summary of a step. */
export function markdown(report: Report): string {
  const { server, failed, passed, differing, refused, checks, causes, assumptions, seed, requests } = report;
  const verdict =
    failed === 0
      ? `✅ Kept ${passed} of ${checks.length} promises`
      : `❌ Broke ${failed} of ${checks.length} promises`;
  const more = `${differing} differ from assumptions, ${refused} were refused by the server's own rules.`;
  return [
    `## ${verdict}`,
    `${code(server)}, ${requests} requests, seed ${seed}. ${more}`,
    ...table("Broken", causes),
    ...table("Differs from assumptions", assumptions),
    "",
  ].join("\n");
}

function table(title: string, causes: readonly Cause[]): string[] {
  if (causes.length === 0) return [];
  const rows = causes.map(
    ({ severity, cause, operations, checks, detail }) =>
      `| ${severity} | ${cell(cause)} | ${cell(operations.join(", "))} | ${checks.length} | ${code(detail.exchanges.at(-1)?.request.slice(0, 200) ?? "")} |`,
  );
  return [
    "",
    `### ${title}`,
    "",
    "| Risk | Cause | Operations | Promises | Smallest request |",
    "|---|---|---|---|---|",
    ...rows,
  ];
}

function cell(text: string): string {
  return text.replace(/[\\|<>`*_[\]]/g, "\\$&").replace(/\s+/g, " ");
}

function code(text: string): string {
  return `\`${text.replace(/\s+/g, " ").replaceAll("`", "'").replaceAll("|", "\\|")}\``;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
