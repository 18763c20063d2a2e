import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const EVERY_RULE = {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
  resultTypes: ["violations"],
  preload: false,
};
/** Rules about what is seen. To check them for all elements is by far the slowest part. */
const SEEN = ["color-contrast", "link-in-text-block", "target-size"];

/** Restricts these rules to elements that `markNewKinds` marked, until the page is left. */
const ONLY_NEW_KINDS = JSON.stringify({
  rules: SEEN.map((id) => ({
    id,
    selector: id === "link-in-text-block" ? "a[href][data-new-kind]" : "[data-new-kind]",
  })),
});

/**
 * The violations of WCAG 2.2 A and AA that axe finds: the rule, and each place. Colors and sizes are only checked for
 * elements marked by `markNewKinds`.
 */
export function newViolations(page: Page): Promise<string[]> {
  return runOnNewKinds(page, EVERY_RULE);
}

/** The same, for nothing but colors and sizes, which depend on the mode and the window. */
export function visibleViolations(page: Page): Promise<string[]> {
  return runOnNewKinds(page, { ...EVERY_RULE, runOnly: SEEN });
}

/** The same, only for the size and spacing of touch targets. */
export function touchViolations(page: Page): Promise<string[]> {
  return runOnNewKinds(page, { ...EVERY_RULE, runOnly: ["target-size"] });
}

/**
 * Marks one visible element of each new kind, and returns these kinds. The kind of an element is what a style sheet
 * can distinguish: the names and classes of the element and of the two around it, and whether it contains text.
 */
export function markNewKinds(page: Page, known: ReadonlySet<string>): Promise<string[]> {
  return page.evaluate(
    (before) => {
      const seen = new Set(before);
      const nameOf = (element: Element | null) =>
        element === null || element.localName === "html"
          ? ""
          : [element.localName, ...[...element.classList].sort()].join(".");
      const hasText = (element: Element) =>
        [...element.childNodes].some(
          (node) => node.nodeType === Node.TEXT_NODE && node.nodeValue?.trim() !== "",
        );
      const found: string[] = [];
      for (const element of document.querySelectorAll<HTMLElement>("body, body *")) {
        delete element.dataset["newKind"];
        const { parentElement } = element;
        const names = [parentElement?.parentElement ?? null, parentElement, element].map(nameOf);
        const kind = `${names.join(" > ")}${hasText(element) ? " with text" : ""}`;
        if (seen.has(kind) || !element.checkVisibility()) continue;
        seen.add(kind);
        found.push(kind);
        element.dataset["newKind"] = "";
      }
      return found;
    },
    [...known],
  );
}

async function runOnNewKinds(page: Page, options: object): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  await page.evaluate(`axe.configure(${ONLY_NEW_KINDS})`);
  // While one mode fades into the other, colors belong to neither.
  await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)));
  const results: AxeResults = await page.evaluate(`axe.run(${JSON.stringify(options)})`);
  return results.violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}: ${node.target.join(" ")} ${node.failureSummary ?? ""}`),
  );
}
