// Runs before the page is painted, so that nothing moves or changes color afterwards.
import { LANGUAGE_KEY } from "./language.ts";
import { recall, remember } from "./stored-choice.ts";

// Redoc stores the choice of light or dark under this key, so this page uses the same key.
const MODE_KEY = "redoc.colorMode";

const root = document.documentElement;

function apply(mode: string): void {
  root.classList.toggle("dark", mode === "dark");
  root.classList.toggle("light", mode === "light");
}

const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
apply(recall(MODE_KEY) ?? system);
root.classList.add("js");
root.dataset["language"] = recall(LANGUAGE_KEY) ?? "curl";

function switchMode(): void {
  const mode = root.classList.contains("dark") ? "light" : "dark";
  apply(mode);
  remember(MODE_KEY, mode);
}

/** The text typed since the search was requested; `undefined` if the search is open or was not requested. */
let typed: string | undefined;

function openSearch(): void {
  const button = document.querySelector<HTMLElement>("[data-search]");
  const { search, index, root: site } = button?.dataset ?? {};
  if (search === undefined || index === undefined || site === undefined) return;
  const at = (path: string): string => new URL(path, location.href).href;
  // Keep what the reader types until the search is loaded.
  typed = "";
  void import(at(search))
    .then(({ showSearch }) => showSearch(at(index), at(site), typed))
    .finally(() => {
      typed = undefined;
    });
}

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element)) return;
  if (event.target.closest("[data-theme-switch]") !== null) switchMode();
  if (event.target.closest("[data-search]") !== null) openSearch();
  // If the fragment of the URL selects what is shown, the skip link must not change it.
  if (event.target.closest(".skip") !== null) {
    event.preventDefault();
    document.getElementById("content")?.focus();
  }
  closeMenu(event.target, false);
});

function openMenu(): HTMLDetailsElement | null {
  return document.querySelector<HTMLDetailsElement>("details.menu[open]");
}

/** Closes the menu when the reader leaves it. */
function closeMenu(target: EventTarget | null, refocus: boolean): void {
  const menu = openMenu();
  if (menu === null || (target instanceof Node && menu.contains(target))) return;
  menu.open = false;
  if (refocus) menu.querySelector("summary")?.focus();
}

/** The open menu covers the page, so Tab stays inside it. */
function stayInMenu(event: KeyboardEvent): void {
  const menu = openMenu();
  if (event.key !== "Tab" || menu === null) return;
  const stops = [...menu.querySelectorAll<HTMLElement>("summary, a")];
  const from = event.shiftKey ? stops.at(0) : stops.at(-1);
  if (document.activeElement !== from) return;
  event.preventDefault();
  (event.shiftKey ? stops.at(-1) : stops.at(0))?.focus();
}

document.addEventListener("DOMContentLoaded", () => {
  const list = document.querySelector<HTMLElement>(".page > .section-nav ul");
  const entry = list?.querySelector<HTMLElement>("[aria-current]");
  // Scroll the list, not the page.
  if (list != null && entry != null) list.scrollTop = entry.offsetTop - list.clientHeight / 2;
});

document.addEventListener("focusin", (event) => closeMenu(event.target, false));

const WRITES = "input, textarea, select, [contenteditable]";

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeMenu(null, true);
  stayInMenu(event);
  if (typed !== undefined && event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) {
    typed += event.key;
    event.preventDefault();
    return;
  }
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target instanceof Element && event.target.closest(WRITES) !== null) return;
  event.preventDefault();
  openSearch();
});
