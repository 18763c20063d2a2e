import { readFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { launchChromium } from "@dots-payouts/chromium";
import { asDocument, getAt } from "@dots-payouts/openapi";
import { serveDocs } from "../src/index.ts";
import { type Measured, measurePage } from "./measure-page.ts";
import { prepareRival, RIVALS } from "./rivals.ts";
import { serveFolder } from "./serve-folder.ts";

/** Measures the pages of this site, and its reference beside others of the same document, in turns. */
const { values } = parseArgs({ options: { rounds: { type: "string", default: "7" } } });

interface Contestant {
  readonly name: string;
  readonly url: string;
  readonly place: string;
  readonly text: string;
  readonly close?: () => Promise<void>;
}

const file = fileURLToPath(import.meta.resolve("@dots-payouts/spec/openapi.json"));
const source = readFileSync(file, "utf8");
const text = String(getAt(asDocument(JSON.parse(source)), "/info/title"));
const docs = await serveDocs({ port: 0, liveReload: false });

const contestants: Contestant[] = [
  {
    name: "reference (Redoc)",
    url: `${docs.url}reference/`,
    place: "[data-redoc] h1",
    text,
  },
  ...(await Promise.all(
    RIVALS.map(async (rival) => {
      const { url, close } = await serveFolder(prepareRival(rival, source));
      return { name: `reference (${rival.name})`, url, place: "h1", text, close };
    }),
  )),
  { name: "start page", url: docs.url, place: "h1", text },
  { name: "a guide", url: `${docs.url}guides/errors/`, place: "h1", text: "" },
  { name: "try it", url: `${docs.url}try/`, place: "[data-console] form", text: "" },
];

console.log(
  `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, load ${loadavg()
    .map((n) => n.toFixed(1))
    .join(" ")}, median of ${values.rounds} rounds`,
);
const browser = await launchChromium();
console.log(`Chromium ${browser.version()}`);
const results = new Map<string, Measured[]>(contestants.map(({ name }) => [name, []]));
for (let round = 0; round < Number(values.rounds); round += 1) {
  for (const contestant of contestants) {
    const { name, url, place } = contestant;
    results.get(name)?.push(await measurePage(browser, url, place, contestant.text));
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
await docs.close();
for (const { close } of contestants) await close?.();

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
