import type { Cause, Report } from "./model.ts";

const STYLE = `
:root{color-scheme:light dark;--line:#d5dae0;--dim:#5b6673;--bad:#b3261e;--good:#1b7a43;--card:#fff;--page:#f5f7f9;--code:#f0f2f5}
@media(prefers-color-scheme:dark){:root{--line:#333b45;--dim:#9aa5b1;--bad:#ff8a80;--good:#6fd39a;--card:#1b2027;--page:#12161b;--code:#11151a}}
*{box-sizing:border-box}body{margin:0;background:var(--page);font:16px/1.5 system-ui,sans-serif}
main{max-width:60rem;margin:0 auto;padding:2rem 1rem}h1{font-size:1.6rem;margin:0 0 .25rem}h2{font-size:1.2rem;margin:2.5rem 0 .75rem}
.dim{color:var(--dim)}.bad{color:var(--bad)}.good{color:var(--good)}
.card{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:1rem 1.25rem;margin:0 0 1rem}
.card h3{font-size:1rem;margin:0 0 .5rem}ul{margin:.25rem 0 .75rem;padding-left:1.25rem}
dl{display:grid;grid-template-columns:6rem minmax(0,1fr);gap:.35rem .75rem;margin:0}dt{color:var(--dim)}dd{margin:0;overflow-wrap:anywhere}
pre{margin:0;padding:.5rem .65rem;background:var(--code);border-radius:6px;white-space:pre-wrap;overflow-wrap:anywhere;font:13px/1.45 ui-monospace,monospace}
table{border-collapse:collapse;width:100%;font-size:.9rem}td,th{text-align:left;padding:.3rem .6rem .3rem 0;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}
details{margin:0 0 .75rem}summary{cursor:pointer}
@media(max-width:34rem){dl{grid-template-columns:1fr}dt{margin-top:.4rem}}
`;

/** The report as a self-contained HTML page. Broken promises come first, the worst at the top. */
export function html(report: Report): string {
  const { server, passed, failed, requests, milliseconds, seed, checks } = report;
  const verdict =
    failed === 0
      ? `<span class="good">Kept ${passed} of ${checks.length} promises</span>`
      : `<span class="bad">Broke ${failed} of ${checks.length} promises</span>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Contract of ${escapeHtml(server)}</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${verdict}</h1>
<p class="dim">${escapeHtml(server)} · ${requests} requests in ${(milliseconds / 1_000).toFixed(1)} s · seed ${seed}</p>
${broken(report)}
${assumed(report)}
${refused(report)}
${kept(report)}
${notExercised(report)}
</main>
</body>
</html>
`;
}

/** Everything that is wrong, by severity. */
function broken({ causes }: Report): string {
  return [...Map.groupBy(causes, ({ severity }) => severity)]
    .map(
      ([severity, own]) =>
        `<section><h2>${severity.charAt(0).toUpperCase()}${severity.slice(1)} <span class="dim">${own.length}</span></h2>${own.map(card).join("\n")}</section>`,
    )
    .join("\n");
}

function assumed({ assumptions }: Report): string {
  if (assumptions.length === 0) return "";
  return `<section><h2>Differs from what the spec only assumes <span class="dim">${assumptions.length}</span></h2>
<details><summary>No broken promises, unless the run is strict</summary>${assumptions.map(card).join("\n")}</details></section>`;
}

function refused({ ownRules }: Report): string {
  if (ownRules.length === 0) return "";
  const rows = ownRules.map(({ operation, about, checks, exchange }) => [
    operation,
    about,
    String(checks.length),
    exchange?.request ?? "",
    exchange?.answer ?? "",
  ]);
  return `<section><h2>Refused by the server's own rules</h2>
${table(["Operation", "About", "Promises", "Sent", "Answer"], rows)}</section>`;
}

function kept({ checks }: Report): string {
  return [...Map.groupBy(checks, ({ operation }) => operation)]
    .map(([operation, own]) => {
      const passed = own.filter(({ status }) => status === "passed");
      const rows = passed.map(({ group, title }) => [group, title]);
      return `<section><h2>${escapeHtml(operation)} <span class="dim">${passed.length} of ${own.length} kept</span></h2>
<details><summary>${passed.length} promises kept</summary>${table(["Group", "Promise"], rows)}</details></section>`;
    })
    .join("\n");
}

function card({ cause, operations, promises, detail, script, repeated, known }: Cause): string {
  const exchanges = detail.exchanges
    .slice(-2)
    .map(
      ({ request, answer }) =>
        `<dt>Sent</dt><dd><pre>${escapeHtml(request)}</pre></dd><dt>Answer</dt><dd><pre>${escapeHtml(answer)}</pre></dd>`,
    );
  const times =
    repeated === undefined
      ? ""
      : `<dt>Repeated</dt><dd>${repeated.times} times, failed ${repeated.failed}</dd>`;
  const received =
    detail.received === undefined
      ? ""
      : `<dt>Received</dt><dd><pre>${escapeHtml(detail.received)}</pre></dd>`;
  const why =
    detail.assumption === undefined ? "" : `<dt>Assumed</dt><dd>${escapeHtml(detail.assumption)}</dd>`;
  return `<article class="card">
<h3 class="bad">${escapeHtml(cause)}${known ? ' <span class="dim">(known)</span>' : ""}</h3>
<ul>${promises
    .slice(0, 6)
    .map((promise) => `<li>${escapeHtml(promise)}</li>`)
    .join("")}${promises.length > 6 ? `<li>and ${promises.length - 6} more</li>` : ""}</ul>
<dl><dt>In</dt><dd>${escapeHtml(operations.join(", "))}</dd><dt>Promised</dt><dd>${escapeHtml(detail.expected)}</dd><dt>In the spec</dt><dd>#${escapeHtml(detail.place)}</dd>
${why}${received}${exchanges.join("\n")}${times}
<dt>Repeat</dt><dd><pre>${escapeHtml(script)}</pre></dd></dl>
</article>`;
}

function notExercised({ coverage }: Report): string {
  const checks = coverage.notExercised.map(({ operation, title, reason }) => [operation, title, reason]);
  const rules = coverage.rules.map(({ operation, side, property, keyword, exercised, reason }) => [
    operation,
    side,
    property,
    keyword,
    exercised ? "✓" : (reason ?? ""),
  ]);
  return `<h2>Coverage <span class="dim">${coverage.exercised} of ${coverage.total} rules of the spec were tested</span></h2>
${checks.length === 0 ? "" : `<details open><summary>${checks.length} promises were not exercised</summary>${table(["Operation", "Promise", "Why not"], checks)}</details>`}
<details><summary>All ${rules.length} rules</summary>${table(["Operation", "Request or status", "Property", "Keyword", "Tested"], rules)}</details>`;
}

function table(names: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (tag: string, texts: readonly string[]): string =>
    `<tr>${texts.map((text) => `<${tag}>${escapeHtml(text)}</${tag}>`).join("")}</tr>`;
  return `<table><thead>${cells("th", names)}</thead><tbody>${rows.map((row) => cells("td", row)).join("")}</tbody></table>`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
