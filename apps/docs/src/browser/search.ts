import MiniSearch, { type SearchResult } from "minisearch";
import type { SearchEntry } from "../build/search-index.ts";

/** A word and its parts: `thing` finds `makeBigThing`, and `big` finds `big_thing`. */
function tokenize(text: string): string[] {
  return text
    .split(/[^\p{L}\p{N}_]+/u)
    .filter((word) => word !== "")
    .flatMap((word) => {
      const parts = word.split(/_|(?<=\p{Ll}|\p{N})(?=\p{Lu})/u).filter((part) => part !== "");
      return parts.length > 1 ? [word, ...parts] : [word];
    });
}

const FIELDS = ["title", "heading", "text", "keywords"];

async function readIndex(url: string): Promise<MiniSearch<SearchEntry>> {
  const response = await fetch(url);
  const entries: SearchEntry[] = await response.json();
  const index = new MiniSearch<SearchEntry>({
    idField: "url",
    fields: FIELDS,
    storeFields: ["title", "heading", "text"],
    tokenize,
  });
  index.addAll(entries);
  return index;
}

/** How many results are shown. */
const SHOWN = 12;

/** The results for a query: with all of its words, or else with any of them. One letter in five may be wrong. */
function find(index: MiniSearch<SearchEntry>, query: string): SearchResult[] {
  const options = {
    boost: { heading: 3, title: 2, keywords: 2 },
    prefix: true,
    fuzzy: (term: string) => (term.length > 4 ? 0.2 : false),
  };
  const all = index.search(query, { ...options, combineWith: "AND" });
  return (all.length > 0 ? all : index.search(query, options)).slice(0, SHOWN);
}

/** An excerpt of a text around the first match. */
function excerpt({ text, match }: SearchResult): string {
  const words: string[] = Object.entries(match).flatMap(([word, fields]) =>
    fields.includes("text") ? [word] : [],
  );
  const places = words.map((word) => String(text).toLowerCase().indexOf(word)).filter((at) => at !== -1);
  const from = Math.max(0, Math.min(...(places.length === 0 ? [0] : places)) - 40);
  const start = from === 0 ? 0 : String(text).indexOf(" ", from) + 1;
  return `${start === 0 ? "" : "… "}${String(text).slice(start, start + 140)}`;
}

class Search {
  readonly #dialog = document.createElement("dialog");
  readonly #input = document.createElement("input");
  readonly #list = document.createElement("div");
  readonly #status = document.createElement("p");
  readonly #index: Promise<MiniSearch<SearchEntry>>;
  readonly #site: string;

  constructor(index: string, site: string) {
    this.#site = site;
    this.#index = readIndex(index);
    this.#dialog.className = "search";
    this.#dialog.ariaLabel = "Search";
    Object.assign(this.#input, { type: "search", placeholder: "Search guides, operations, fields, errors" });
    this.#input.role = "combobox";
    this.#input.ariaLabel = "Search";
    this.#input.ariaExpanded = "true";
    this.#input.setAttribute("aria-controls", "search-results");
    this.#list.id = "search-results";
    this.#list.role = "listbox";
    this.#list.ariaLabel = "Results";
    this.#status.role = "status";
    this.#dialog.append(this.#input, this.#status, this.#list);
    document.body.append(this.#dialog);
    this.#input.addEventListener("input", () => void this.#show());
    this.#dialog.addEventListener("keydown", (event) => this.#move(event));
    this.#dialog.addEventListener("click", (event) => {
      // A link to a place on the same page would leave the dialog open.
      if (event.target === this.#dialog || (event.target instanceof Element && event.target.closest("a"))) {
        this.#dialog.close();
      }
    });
  }

  open(typed: string): void {
    if (!this.#dialog.open) this.#dialog.showModal();
    this.#input.select();
    if (typed === "") return;
    this.#input.value = typed;
    void this.#show();
  }

  async #show(): Promise<void> {
    const query = this.#input.value.trim();
    const results = query === "" ? [] : find(await this.#index, query);
    if (query !== this.#input.value.trim()) return;
    this.#list.replaceChildren(...results.map((result, place) => this.#option(result, place)));
    this.#status.textContent = query === "" || results.length > 0 ? "" : `Nothing found for “${query}”.`;
    this.#select(0);
  }

  #option(result: SearchResult, place: number): HTMLElement {
    const link = document.createElement("a");
    link.id = `search-result-${place}`;
    link.role = "option";
    link.href = new URL(result.id, this.#site).href;
    link.tabIndex = -1;
    const title = document.createElement("strong");
    title.textContent = result["heading"] || result["title"];
    const page = document.createElement("small");
    page.textContent = result["heading"] === "" ? "" : result["title"];
    const text = document.createElement("span");
    text.textContent = excerpt(result);
    link.append(title, page, text);
    return link;
  }

  get #options(): HTMLElement[] {
    return [...this.#list.querySelectorAll<HTMLElement>('[role="option"]')];
  }

  #select(place: number): void {
    const options = this.#options;
    for (const [index, option] of options.entries()) option.ariaSelected = String(index === place);
    this.#input.setAttribute("aria-activedescendant", options[place]?.id ?? "");
    options[place]?.scrollIntoView({ block: "nearest" });
  }

  #move(event: KeyboardEvent): void {
    const options = this.#options;
    const place = options.findIndex((option) => option.ariaSelected === "true");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && options.length > 0) {
      event.preventDefault();
      this.#select((place + step + options.length) % options.length);
    }
    // Escape would only clear a search field.
    if (event.key === "Escape") {
      event.preventDefault();
      this.#dialog.close();
    }
    if (event.key === "Enter") {
      event.preventDefault();
      options[place]?.click();
    }
  }
}

let search: Search | undefined;

/**
 * Opens the search dialog, and loads its index the first time.
 * @param typed what the reader typed before the search was loaded
 */
export function showSearch(index: string, site: string, typed: string): void {
  search ??= new Search(index, site);
  search.open(typed);
}
