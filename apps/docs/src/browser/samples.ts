// Makes the tabs above samples select the language of all samples, and adds a copy button to every code block.
import { LANGUAGE_KEY } from "./language.ts";
import { remember } from "./stored-choice.ts";

const root = document.documentElement;

function tabsIn(group: ParentNode): HTMLElement[] {
  return [...group.querySelectorAll<HTMLElement>('[role="tab"]')];
}

/**
 * Selects the tab of the chosen language, or the first one if the group does not have it. The style sheet shows its
 * panel.
 */
function mark(group: Element): void {
  const tabs = tabsIn(group);
  const chosen = tabs.find((tab) => tab.textContent === root.dataset["language"]) ?? tabs[0];
  for (const tab of tabs) {
    tab.ariaSelected = String(tab === chosen);
    tab.tabIndex = tab === chosen ? 0 : -1;
  }
}

const groups = [...document.querySelectorAll(".samples")];

function choose(tab: HTMLElement): void {
  const { top } = tab.getBoundingClientRect();
  root.dataset["language"] = tab.textContent ?? "";
  remember(LANGUAGE_KEY, tab.textContent ?? "");
  for (const group of groups) mark(group);
  // Blocks above may have grown or shrunk. Scroll so that the reader's place stays where it was.
  scrollBy(0, tab.getBoundingClientRect().top - top);
}

for (const group of groups) {
  for (const tab of tabsIn(group)) {
    tab.addEventListener("click", () => choose(tab));
    const panel = document.getElementById(tab.getAttribute("aria-controls") ?? "");
    panel?.setAttribute("role", "tabpanel");
    panel?.setAttribute("aria-labelledby", tab.id);
  }
  group.addEventListener("keydown", (event) => {
    if (!(event instanceof KeyboardEvent) || !(event.target instanceof HTMLElement)) return;
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const tabs = tabsIn(group);
    const from = tabs.indexOf(event.target);
    const next = tabs[(from + (step ?? 0) + tabs.length) % tabs.length];
    if (step === undefined || from === -1 || next === undefined) return;
    event.preventDefault();
    next.focus();
    choose(next);
  });
  mark(group);
}

function addCopyButton(figure: HTMLElement): void {
  const code = figure.querySelector("pre");
  if (code === null) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  button.ariaLive = "polite";
  const say = (text: string): void => {
    button.textContent = text;
    setTimeout(() => {
      button.textContent = "Copy";
    }, 2000);
  };
  button.addEventListener("click", () => {
    navigator.clipboard.writeText(code.textContent ?? "").then(
      () => say("Copied"),
      () => {
        // Without permission to use the clipboard, select the text instead.
        getSelection()?.selectAllChildren(code);
        say("Selected");
      },
    );
  });
  figure.append(button);
}

for (const figure of document.querySelectorAll<HTMLElement>("figure.code")) addCopyButton(figure);
