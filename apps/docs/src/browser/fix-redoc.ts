/**
 * The accessible name of the button that selects an example is always "Example". It has to contain the visible text.
 */
function nameExampleButtons(place: Element): void {
  for (const button of place.querySelectorAll<HTMLElement>('button[aria-label^="Example"]')) {
    const name = `Example: ${button.textContent ?? ""}`;
    if (button.ariaLabel !== name) button.ariaLabel = name;
  }
}

/** Fixes accessibility problems in Redoc, now and whenever it draws something new. */
export function fixRedoc(place: Element): void {
  const fix = (): void => nameExampleButtons(place);
  new MutationObserver(fix).observe(place, { characterData: true, childList: true, subtree: true });
}
