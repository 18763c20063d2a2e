import type { Count, Counts } from "../engine/summary.ts";
import { type Intent, STATES, type State } from "../ledger/intent.ts";
import type { FateTally } from "../store/status.ts";
import { count, MEANINGS, money, rows } from "./words.ts";

const STYLE = `
:root{color-scheme:light dark;--line:#d5dae0;--dim:#5b6673;--bad:#b3261e;--good:#1b7a43;--warn:#8a5a00;--card:#fff;--page:#f5f7f9}
@media(prefers-color-scheme:dark){:root{--line:#333b45;--dim:#9aa5b1;--bad:#ff8a80;--good:#6fd39a;--warn:#f0b95c;--card:#1b2027;--page:#12161b}}
*{box-sizing:border-box}body{margin:0;background:var(--page);font:16px/1.5 system-ui,sans-serif}
main{max-width:64rem;margin:0 auto;padding:2rem 1rem}h1{font-size:1.6rem;margin:0 0 .25rem}h2{font-size:1.2rem;margin:2.5rem 0 .5rem}
.dim{color:var(--dim)}.bad{color:var(--bad)}.good{color:var(--good)}.warn{color:var(--warn)}
.card{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:.25rem 1.25rem;overflow-x:auto}
.alarm{border-color:var(--bad);border-width:2px;margin-bottom:1.5rem}
table{border-collapse:collapse;width:100%;font-size:.92rem}th{color:var(--dim);font-weight:500}
td,th{text-align:left;padding:.45rem .8rem .45rem 0;border-bottom:1px solid var(--line);vertical-align:top}td{overflow-wrap:break-word}.long{overflow-wrap:anywhere;min-width:9rem}
tr:last-child td{border-bottom:0}.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
code{font:13px/1.4 ui-monospace,monospace}.total td{font-weight:600}.fate td{border-bottom:0;color:var(--dim)}p.do{margin:.25rem 0 .5rem}details{margin:.5rem 0}summary{cursor:pointer}
`;

/** The number of rows shown per state, so that browsers can display the page; the CSV has them all. */
const MOST = 1_000;

export interface ReportHead {
  readonly store: string;
  readonly target: string;
  readonly written: Date;
  readonly counts: Counts;
  readonly total: Count;
  /** What happened to the accepted rows. */
  readonly fates: readonly FateTally[];
  /** Why rows are left; absent if none are. */
  readonly stopped: string | undefined;
}

/** The states, most important first. */
const ORDER: readonly State[] = [
  "unresolved",
  "refused",
  "pending",
  "sending",
  "settled-not-paid",
  "settled-paid",
  "accepted",
];

const CLASSES: Readonly<Record<State, string>> = {
  pending: "warn",
  sending: "warn",
  accepted: "good",
  refused: "bad",
  unresolved: "bad",
  "settled-paid": "good",
  "settled-not-paid": "dim",
};

/** A self-contained HTML page, piece by piece. */
export async function* htmlReport(
  head: ReportHead,
  alarms: readonly Intent[],
  list: (state: State) => AsyncIterable<Intent>,
): AsyncIterable<string> {
  const { counts, fates, total } = head;
  yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(head.store)}</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${verdict(head, alarms.length)}</h1>
<p class="dim">${escapeHtml(head.target)} · ${escapeHtml(head.store)} · ${head.written.toISOString().slice(0, 19).replace("T", " ")} UTC</p>
${head.stopped === undefined ? "" : `<p class="warn">${escapeHtml(head.stopped)}.</p>`}
${alarmCard(alarms)}
<div class="card"><table><thead><tr><th>State</th><th>Means</th><th class="number">Rows</th><th class="number">Amount</th></tr></thead><tbody>
${STATES.filter((state) => counts[state].rows > 0)
  .map(
    (state) =>
      line(state, MEANINGS[state], counts[state], `class="${CLASSES[state]}"`) +
      (state === "accepted" ? fateLines(fates) : ""),
  )
  .join("\n")}
<tr class="total"><td>all</td><td></td><td class="number">${count(total.rows)}</td><td class="number">${money(total.amount)}</td></tr>
</tbody></table></div>
`;
  for (const state of ORDER) {
    if (counts[state].rows > 0) yield* section(state, counts[state].rows, list(state), head.store);
  }
  yield "</main>\n</body>\n</html>\n";
}

function line(name: string, meaning: string, { rows: number, amount }: Count, attributes: string): string {
  return `<tr><td ${attributes}>${escapeHtml(name)}</td><td class="dim">${escapeHtml(meaning)}</td><td class="number">${count(number)}</td><td class="number">${money(amount)}</td></tr>`;
}

/** What happened to the accepted rows, below their line. */
function fateLines(fates: readonly FateTally[]): string {
  return fates
    .map(
      ({ fate, rows: number, amount }) =>
        `<tr class="fate"><td></td><td>of these: ${escapeHtml(fate ?? "unknown")}</td><td class="number">${count(number)}</td><td class="number">${money(amount)}</td></tr>`,
    )
    .join("\n");
}

/** What a person does about rows of a state. */
function advice(state: State, store: string): string {
  const command = ADVICE[state];
  if (command === undefined) return "";
  return `<p class="do"><code>dots-outbox ${escapeHtml(`${command} --store ${store}`)}</code></p>\n`;
}

const ADVICE: Partial<Record<State, string>> = {
  unresolved: "settle <id> --paid | --not-paid",
  refused: "retry --refused [corrected.csv]",
  pending: "resume",
  sending: "resume",
  "settled-not-paid": "retry --not-paid",
};

function verdict({ counts }: ReportHead, alarms: number): string {
  const open = counts.pending.rows + counts.sending.rows;
  const bad = counts.refused.rows + counts.unresolved.rows;
  if (alarms > 0) return `<span class="bad">${rows(alarms)} to look at first</span>`;
  if (bad > 0) return `<span class="bad">${rows(bad)} refused or unresolved</span>`;
  if (open > 0) return `<span class="warn">${rows(open)} not decided yet</span>`;
  return `<span class="good">Every row is accepted or settled</span>`;
}

function alarmCard(alarms: readonly Intent[]): string {
  if (alarms.length === 0) return "";
  const lines = alarms.map(
    ({ id, alarm }) =>
      `<tr><td><code>${escapeHtml(id)}</code></td><td class="bad long">${escapeHtml(alarm ?? "")}</td></tr>`,
  );
  return `<h2 class="bad">Look at these first</h2><div class="card alarm"><table><tbody>${lines.join("\n")}</tbody></table></div>`;
}

async function* section(
  state: State,
  total: number,
  intents: AsyncIterable<Intent>,
  store: string,
): AsyncIterable<string> {
  const isOpen = state === "unresolved" || state === "refused";
  yield `<h2 class="${CLASSES[state]}">${state} <span class="dim">${rows(total)}: ${MEANINGS[state]}</span></h2>
${advice(state, store)}<details${isOpen ? " open" : ""}><summary>Show the rows</summary><div class="card"><table><thead><tr><th>ID</th><th class="number">Amount</th><th>What is known</th><th>Resource</th></tr></thead><tbody>
`;
  let shown = 0;
  for await (const { id, amount, reason, object, fate } of intents) {
    shown += 1;
    if (shown > MOST) break;
    yield `<tr><td><code>${escapeHtml(id)}</code></td><td class="number">${money(amount)}</td><td class="long">${escapeHtml(fate ?? reason ?? "")}</td><td class="long"><code>${escapeHtml(object ?? "")}</code></td></tr>\n`;
  }
  yield "</tbody></table>";
  if (total > MOST)
    yield `<p class="dim">The first ${count(MOST)} of ${count(total)}. The CSV has them all.</p>`;
  yield "</div></details>\n";
}

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
