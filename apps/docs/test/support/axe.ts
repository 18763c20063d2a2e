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
/** What axe has to measure on the page for: by far the slowest. */
const SEEN = ["color-contrast", "link-in-text-block", "target-size"];
const WHAT_IS_SEEN = { ...EVERY_RULE, runOnly: SEEN };
const WHAT_IS_SAID = {
  ...EVERY_RULE,
  rules: Object.fromEntries(SEEN.map((rule) => [rule, { enabled: false }])),
};

/** What axe finds against WCAG 2.2 A and AA: the rule, and each place. */
export function violations(page: Page): Promise<string[]> {
  return run(page, EVERY_RULE);
}

/** The same of colours and sizes alone, which depend on the mode and the window. */
export function visibleViolations(page: Page): Promise<string[]> {
  return run(page, WHAT_IS_SEEN);
}

/** The same of all else. */
export function hiddenViolations(page: Page): Promise<string[]> {
  return run(page, WHAT_IS_SAID);
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
