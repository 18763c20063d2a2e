import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const OPTIONS = {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
  resultTypes: ["violations"],
  preload: false,
};

/** What axe finds against WCAG 2.2 A and AA: the rule, and each place. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  // Colours that are on their way from one mode to the other are nobody's.
  await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)));
  const results: AxeResults = await page.evaluate(`axe.run(${JSON.stringify(OPTIONS)})`);
  return results.violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}: ${node.target.join(" ")} ${node.failureSummary ?? ""}`),
  );
}
