import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { launchChromium } from "@dots-payouts/chromium";
import { serveContestants } from "./contestants.ts";
import { type Measured, measurePage } from "./measure-page.ts";
import { median } from "./median.ts";

/** Measures the pages of this site, and its reference next to other renderers of the same document, in turns. */
const { values } = parseArgs({ options: { rounds: { type: "string", default: "7" } } });

const { pages, close } = await serveContestants();
console.log(
  `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, load ${loadavg()
    .map((n) => n.toFixed(1))
    .join(" ")}, median of ${values.rounds} rounds`,
);
const browser = await launchChromium();
console.log(`Chromium ${browser.version()}`);
const results = new Map<string, Measured[]>(pages.map(({ name }) => [name, []]));
for (let round = 0; round < Number(values.rounds); round += 1) {
  for (const { name, url, place, text } of pages) {
    results.get(name)?.push(await measurePage(browser, url, place, text));
  }
}
console.table(
  [...results].map(([page, measured]) => ({
    page,
    "first paint ms": Math.round(median(measured.map(({ painted }) => painted))),
    "interactive ms": Math.round(median(measured.map(({ interactive }) => interactive))),
    "KB gzip": Math.round(median(measured.map(({ weight }) => weight))),
    requests: median(measured.map(({ requests }) => requests)),
  })),
);
await browser.close();
await close();
