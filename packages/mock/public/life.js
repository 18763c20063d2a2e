import { make } from "./make.js";

/** More rows than these make the page slow. */
const MOST_ROWS = 100;

/** Milliseconds in which several changes are shown as one. */
const PAUSE = 200;

const resources = document.querySelector("#resources");
const deliveries = document.querySelector("#deliveries");
const problem = document.querySelector("#life-problem");
let isWaiting = false;

/** Shows the resources, once for all changes that arrive together. */
export function showLife() {
  if (isWaiting) return;
  isWaiting = true;
  setTimeout(() => {
    isWaiting = false;
    load();
  }, PAUSE);
}

async function load() {
  try {
    const [known, told] = await Promise.all([read("resources"), read("deliveries")]);
    resources.replaceChildren(...known.slice(0, MOST_ROWS).map(resourceRow));
    deliveries.replaceChildren(...told.slice(-MOST_ROWS).reverse().map(deliveryRow));
    document.querySelector("#resources-count").textContent = known.length;
    document.querySelector("#deliveries-count").textContent = told.length;
  } catch (error) {
    problem.textContent = error.message;
  }
}

async function read(path) {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`The mock answered ${response.status}.`);
  return response.json();
}

function resourceRow({ kind, id, state, moves }) {
  const buttons = moves
    .filter(({ by }) => by !== "caller")
    .map(({ name, summary }) =>
      button(name, summary ?? "", `resources/${encodeURIComponent(id)}/moves/${name}`),
    );
  return make(
    "li",
    { className: "life-row" },
    make("span", { className: "method" }, kind),
    make("code", { className: "path" }, id),
    make("span", { className: "status" }, state ?? ""),
    make("span", { className: "moves" }, ...buttons),
  );
}

function deliveryRow({ id, event, resource, state, attempts, next }) {
  const last = attempts.at(-1)?.problem ?? "";
  const due = next === undefined ? "" : `, again at ${next}`;
  return make(
    "li",
    { className: "life-row" },
    make("span", { className: "method" }, event),
    make("code", { className: "path" }, resource),
    make("span", { className: "status" }, `${state} (${attempts.length})`),
    make("span", { className: "moves" }, button("Send again", "", `deliveries/${id}/send`), ` ${last}${due}`),
  );
}

function button(name, title, path) {
  const made = make("button", { type: "button", title }, name);
  made.addEventListener("click", async () => {
    problem.textContent = "";
    const response = await fetch(path, { method: "POST" });
    if (!response.ok) problem.textContent = (await response.json()).message;
    showLife();
  });
  return made;
}
