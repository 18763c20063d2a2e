/** The button that chooses an example is named "Example" whatever stands on it; what is seen has to be in the name. */
function nameExampleButtons(place: Element): void {
  for (const button of place.querySelectorAll<HTMLElement>('button[aria-label^="Example"]')) {
    const name = `Example: ${button.textContent ?? ""}`;
    if (button.ariaLabel !== name) button.ariaLabel = name;
  }
}

/** What opens the search takes clicks alone; here it becomes a button for the keyboard too. */
function makeSearchButton(place: Element): void {
  const trigger = place.querySelector<HTMLElement>('[data-testid="search-trigger"]:not([role])');
  if (trigger === null) return;
  trigger.role = "button";
  trigger.tabIndex = 0;
  trigger.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    trigger.click();
  });
}

/** The cross that empties the search has no name. */
function nameClearButton(place: Element): void {
  const button = place.querySelector<HTMLElement>(
    '[data-component-name="Search/SearchInput"] button:not([aria-label])',
  );
  if (button !== null && button.textContent === "") button.ariaLabel = "Clear";
}

/** Mends what keeps Redoc from being used by everybody, now and whenever it draws something new. */
export function mendRedoc(): void {
  // The search opens beside the place that Redoc was given.
  const place = document.body;
  const mend = (): void => {
    nameExampleButtons(place);
    makeSearchButton(place);
    nameClearButton(place);
  };
  new MutationObserver(mend).observe(place, { characterData: true, childList: true, subtree: true });
}
