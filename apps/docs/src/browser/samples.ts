// Makes tabs of code blocks that say the same in several languages, and gives every block a copy button.
const KEY = "docs.language";

function remembered(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function remember(label: string): void {
  try {
    localStorage.setItem(KEY, label);
  } catch {
    // The choice then lasts as long as the page.
  }
}

/** Labelled blocks that follow each other directly. */
function groups(): HTMLElement[][] {
  const found: HTMLElement[][] = [];
  for (const figure of document.querySelectorAll<HTMLElement>("figure.code[data-label]")) {
    const group = found.at(-1);
    if (group !== undefined && group.at(-1) === figure.previousElementSibling) group.push(figure);
    else found.push([figure]);
  }
  return found.filter((group) => group.length > 1);
}

const choosers: ((label: string) => void)[] = [];

function choose(label: string): void {
  for (const chooser of choosers) chooser(label);
}

function makeTabs(group: readonly HTMLElement[], number: number): void {
  const list = document.createElement("div");
  list.className = "tabs";
  list.role = "tablist";
  list.ariaLabel = "Language";
  const tabs = group.map((figure, index) => {
    const tab = document.createElement("button");
    tab.type = "button";
    tab.role = "tab";
    tab.textContent = figure.dataset["label"] ?? "";
    tab.id = `tab-${number}-${index}`;
    figure.id = `panel-${number}-${index}`;
    figure.role = "tabpanel";
    figure.setAttribute("aria-labelledby", tab.id);
    tab.setAttribute("aria-controls", figure.id);
    tab.addEventListener("click", () => {
      const top = tab.getBoundingClientRect().top;
      choose(tab.textContent ?? "");
      remember(tab.textContent ?? "");
      // Blocks above may have grown or shrunk; what the reader looks at stays where it was.
      scrollBy(0, tab.getBoundingClientRect().top - top);
    });
    return tab;
  });
  const show = (shown: number): void => {
    for (const [index, tab] of tabs.entries()) {
      tab.ariaSelected = String(index === shown);
      tab.tabIndex = index === shown ? 0 : -1;
      const figure = group[index];
      if (figure !== undefined) figure.hidden = index !== shown;
    }
  };
  list.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const from = tabs.findIndex((tab) => tab.ariaSelected === "true");
    const next = tabs[(from + step + tabs.length) % tabs.length];
    next?.focus();
    next?.click();
    event.preventDefault();
  });
  choosers.push((label) => {
    const index = tabs.findIndex((tab) => tab.textContent === label);
    if (index !== -1) show(index);
  });
  list.append(...tabs);
  group[0]?.before(list);
  show(0);
}

function addCopyButton(figure: HTMLElement): void {
  const code = figure.querySelector("pre");
  if (code === null) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  button.addEventListener("click", () => {
    navigator.clipboard.writeText(code.textContent ?? "").then(
      () => say("Copied"),
      () => {
        // Without the right to the clipboard, a selection is the next best thing.
        getSelection()?.selectAllChildren(code);
        say("Selected");
      },
    );
  });
  const say = (text: string): void => {
    button.textContent = text;
    setTimeout(() => {
      button.textContent = "Copy";
    }, 2000);
  };
  button.ariaLive = "polite";
  figure.append(button);
}

for (const [number, group] of groups().entries()) makeTabs(group, number);
for (const figure of document.querySelectorAll<HTMLElement>("figure.code")) addCopyButton(figure);
const label = remembered();
if (label !== null) choose(label);
