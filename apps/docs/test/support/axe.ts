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
const COLOURS = { ...EVERY_RULE, runOnly: ["color-contrast", "link-in-text-block"] };
const LAYOUT = { ...EVERY_RULE, runOnly: ["target-size", "scrollable-region-focusable"] };

/** What axe finds against WCAG 2.2 A and AA: the rule, and each place. */
export function violations(page: Page): Promise<string[]> {
  return run(page, EVERY_RULE);
}

/** The same of what depends on colours: for a page that was looked at in other ones. */
export function colourViolations(page: Page): Promise<string[]> {
  return run(page, COLOURS);
}

/** The same of what depends on the size of the window. */
export function layoutViolations(page: Page): Promise<string[]> {
  return run(page, LAYOUT);
}

async function run(page: Page, options: object): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  // Colours that are on their way from one mode to the other are nobody's.
  await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)));
  const results: AxeResults = await page.evaluate(`axe.run(${JSON.stringify(options)})`);
  return results.violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}: ${node.target.join(" ")} ${node.failureSummary ?? ""}`),
  );
}
