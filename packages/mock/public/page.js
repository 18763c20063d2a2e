import { toCurl } from "./curl.js";
import { showBody } from "./json-view.js";
import { showLife } from "./life.js";
import { make } from "./make.js";

/** More rows than this make the page slow, and nobody scrolls that far. */
const MOST_ROWS = 500;

const list = document.querySelector("#requests");
const text = document.querySelector("#text");
const refusedOnly = document.querySelector("#refused");
const rows = new Map();
let newest = 0;
/** The mock that the requests belong to. */
let mock;

document.querySelector("#origin").textContent = location.origin;
document.querySelector("#filters").addEventListener("input", applyFilter);
document.querySelector("#filters").addEventListener("submit", (event) => event.preventDefault());
document.querySelector("#clear").addEventListener("click", clear);
start();

async function load() {
  try {
    const response = await fetch(`requests?limit=${MOST_ROWS}`);
    for (const entry of await response.json()) add(entry);
  } catch {
    // The stream reconnects, and reports it.
  }
}

async function start() {
  await load();
  const events = new EventSource(`events?since=${newest}`);
  events.addEventListener("open", () => show("live", "Live"));
  events.addEventListener("error", () => show("lost", "The mock is not running. Trying again…"));
  events.addEventListener("mock", async ({ data }) => {
    const isOther = mock !== undefined && mock !== data;
    mock = data;
    if (!isOther) return;
    // The mock was restarted. This page still shows the previous one.
    forget();
    await load();
    showLife();
  });
  events.addEventListener("request", ({ data }) => {
    add(JSON.parse(data));
    showLife();
  });
  events.addEventListener("cleared", async () => {
    // Maybe only one client's requests were forgotten.
    forget();
    await load();
    showLife();
  });
  events.addEventListener("delivery", showLife);
  showLife();
}

function show(name, words) {
  document.querySelector("#state").className = name;
  document.querySelector("#state-text").textContent = words;
}

function add(entry) {
  const row = makeRow(entry);
  if (rows.has(entry.id)) {
    // It was corrected: its answer could not be sent.
    rows.get(entry.id).row.replaceWith(row);
    rows.set(entry.id, { entry, row });
    row.hidden = !fits(entry);
    return;
  }
  place(row, entry.id);
  newest = Math.max(newest, entry.id);
  rows.set(entry.id, { entry, row });
  row.hidden = !fits(entry);
  const [oldest] = rows.size > MOST_ROWS ? rows.keys() : [];
  if (oldest !== undefined) {
    rows.get(oldest).row.remove();
    rows.delete(oldest);
  }
  showCount();
}

/** Inserts a row in order. Nearly all are newer than all others, but those of another mock may arrive late. */
function place(row, id) {
  if (id >= newest) {
    list.prepend(row);
    return;
  }
  const older = [...rows.values()].filter(({ entry }) => entry.id < id);
  const next = older.toSorted((one, other) => other.entry.id - one.entry.id)[0];
  if (next === undefined) list.append(row);
  else next.row.before(row);
}

function forget() {
  list.replaceChildren();
  rows.clear();
  newest = 0;
  showCount();
}

async function clear() {
  const response = await fetch("state", { method: "DELETE" });
  if (!response.ok) show("lost", "The mock could not clear its requests.");
}

function applyFilter() {
  for (const { entry, row } of rows.values()) row.hidden = !fits(entry);
  showCount();
}

function fits(entry) {
  if (refusedOnly.checked && !isRefused(entry)) return false;
  const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const reasons = entry.reasons.flatMap(({ path, message }) => [path, message]);
  const warnings = entry.warnings.map(({ message }) => message);
  const shown = [entry.method, entry.path, entry.status, entry.operation, entry.fault, entry.body];
  const all = [...shown, ...reasons, ...warnings];
  const haystack = all.join(" ").toLowerCase();
  return words.every((word) => haystack.includes(word));
}

/** A proxy's entry may break the spec and still have been carried out. */
function isRefused(entry) {
  return entry.status >= 400 || entry.reasons.length > 0;
}

function showCount() {
  const shown = [...rows.values()].filter(({ row }) => !row.hidden).length;
  document.querySelector("#empty").hidden = rows.size > 0;
  document.querySelector("#none").hidden = rows.size === 0 || shown > 0;
  document.title = rows.size === 0 ? "Mock – requests" : `(${shown}) Mock – requests`;
}

function makeRow(entry) {
  const details = make("details", {}, summary(entry));
  details.addEventListener("toggle", () => {
    if (details.open && details.childElementCount === 1) details.append(detail(entry));
  });
  const kind = entry.fault
    ? "faulty"
    : isRefused(entry)
      ? "refused"
      : entry.warnings.length > 0
        ? "warned"
        : "";
  return make("li", { className: kind }, details);
}

function summary(entry) {
  const time = make(
    "time",
    { className: "time", dateTime: entry.time },
    new Date(entry.time).toTimeString().slice(0, 8),
  );
  const parts = [
    time,
    make("span", { className: "status" }, String(entry.status)),
    make("span", { className: "method" }, entry.method),
    make("code", { className: "path" }, entry.path),
    make("span", { className: "took" }, `${entry.duration.toFixed(1)} ms`),
  ];
  if (entry.reasons.length > 0) {
    const told = entry.reasons
      .slice(0, 5)
      .map(({ path, message }) =>
        make("li", {}, ...(path === "" ? [] : [make("code", {}, path), " "]), message),
      );
    const more = entry.reasons.length - told.length;
    if (more > 0) told.push(make("li", {}, `and ${more} more`));
    parts.push(make("ul", { className: "reasons" }, ...told));
  }
  if (entry.warnings.length > 0) {
    const told = entry.warnings.map(({ message }) => make("li", {}, `Warning: ${message}`));
    parts.push(make("ul", { className: "warnings" }, ...told));
  }
  if (entry.replayed)
    parts.push(make("span", { className: "replayed" }, "Repeated answer: nothing new was created"));
  if (entry.fault) parts.push(make("span", { className: "fault" }, `Fault: ${entry.fault}`));
  return make("summary", { className: "row" }, ...parts);
}

function detail(entry) {
  const pointers = (side) => entry.reasons.filter((reason) => reason.side === side).map(({ path }) => path);
  const copy = make("button", { type: "button" }, "Copy as curl");
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(toCurl(entry, location.origin));
      copy.textContent = "Copied";
    } catch {
      copy.textContent = "The browser does not allow copying";
    }
    setTimeout(() => {
      copy.textContent = "Copy as curl";
    }, 1_500);
  });
  return make(
    "div",
    { className: "detail" },
    side(
      `Request${entry.operation ? ` · ${entry.operation}` : ""}`,
      entry.headers,
      showBody(entry.body, pointers()),
      copy,
    ),
    side(`Answer · ${entry.status}`, entry.answer.headers, showBody(entry.answer.body, pointers("answer"))),
  );
}

function side(title, headers, body, ...actions) {
  const names = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return make(
    "section",
    { className: "side" },
    make("header", {}, make("h2", {}, title), ...actions),
    body,
    make(
      "details",
      { className: "headers" },
      make("summary", {}, "Headers"),
      make("pre", {}, names.join("\n") || "none"),
    ),
  );
}
