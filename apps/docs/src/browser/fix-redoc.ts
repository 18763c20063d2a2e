/** The button that chooses an example is named "Example" whatever stands on it; what is seen has to be in the name. */
function nameExampleButtons(place: Element): void {
  for (const button of place.querySelectorAll<HTMLElement>('button[aria-label^="Example"]')) {
    const name = `Example: ${button.textContent ?? ""}`;
    if (button.ariaLabel !== name) button.ariaLabel = name;
  }
}

/** Fixes what keeps Redoc from being used by everybody, now and whenever it draws something new. */
export function fixRedoc(place: Element): void {
  const fix = (): void => nameExampleButtons(place);
  new MutationObserver(fix).observe(place, { characterData: true, childList: true, subtree: true });
}
