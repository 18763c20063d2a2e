import { createServer } from "node:http";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { launchChromium } from "@dots-payouts/chromium";
import { listen } from "../src/server/listen.ts";
import { serveContestants } from "./contestants.ts";
import { installPackage } from "./fetch-package.ts";
import { median } from "./median.ts";

/** Lighthouse scores of this site's pages, and of other renderers of the same document. */
const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "3" },
    /** Only pages with this in their names. */
    only: { type: "string", default: "" },
    /** Every page of this site, on a phone. */
    every: { type: "boolean", default: false },
    /** Prints what cost performance points. */
    explain: { type: "boolean", default: false },
  },
});

interface Report {
  readonly categories: Readonly<Record<string, { readonly score: number | null } | undefined>>;
  readonly audits: Readonly<Record<string, Audit | undefined>>;
  readonly runtimeError?: { readonly code: string };
}

interface Audit {
  readonly score: number | null;
  readonly numericValue?: number;
  readonly displayValue?: string;
  readonly title: string;
}

interface Lighthouse {
  default(
    url: string,
    flags: object,
    config: object | undefined,
  ): Promise<{ readonly lhr: Report } | undefined>;
  readonly desktopConfig: object;
}

const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];

const folder = installPackage("lighthouse@13.5.0");
const entry = pathToFileURL(join(folder, "node_modules/lighthouse/core/index.js"));
const lighthouse: Lighthouse = await import(entry.href);
const port = await freePort();
// Without a language, Elements shows nothing.
const browser = await launchChromium([
  `--remote-debugging-port=${port}`,
  "--lang=en-US",
  "--accept-lang=en-US",
]);
const contestants = await serveContestants();
const pages = values.every ? contestants.everyPage : contestants.pages;

console.log(
  `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, load ${loadavg()
    .map((n) => n.toFixed(1))
    .join(" ")}, Chromium ${browser.version()}, Lighthouse 13.5.0, median of ${values.rounds} rounds`,
);
const rows: object[] = [];
const devices = { mobile: undefined, ...(values.every ? {} : { desktop: lighthouse.desktopConfig }) };
for (const [device, config] of Object.entries(devices)) {
  for (const { name, url } of pages.filter(({ name }) => name.includes(values.only))) {
    const reports: Report[] = [];
    let failure = "";
    for (let round = 0; round < Number(values.rounds); round += 1) {
      const report = await audit(url, config);
      if (report.runtimeError === undefined) reports.push(report);
      else failure = report.runtimeError.code;
    }
    const row = reports.length > 0 ? summary(reports) : { performance: failure };
    rows.push({ device, page: name, ...row });
    console.log(device, name, JSON.stringify(row));
    if (values.explain) explain(reports[0]);
  }
}
console.table(rows);
await browser.close();
await contestants.close();

async function audit(url: string, config: object | undefined): Promise<Report> {
  const flags = { port, onlyCategories: CATEGORIES, logLevel: "error" };
  const result = await lighthouse.default(url, flags, config);
  if (result === undefined) throw new Error(`Lighthouse has no result for ${url}`);
  return result.lhr;
}

function summary(reports: readonly Report[]): object {
  const score = (category: string): number =>
    Math.round(median(reports.map(({ categories }) => (categories[category]?.score ?? Number.NaN) * 100)));
  const value = (audit: string): number =>
    median(reports.map(({ audits }) => audits[audit]?.numericValue ?? Number.NaN));
  return {
    ...Object.fromEntries(CATEGORIES.map((category) => [category, score(category)])),
    "LCP s": Number((value("largest-contentful-paint") / 1000).toFixed(1)),
    "TBT ms": Math.round(value("total-blocking-time")),
    CLS: Number(value("cumulative-layout-shift").toFixed(3)),
    KB: Math.round(value("total-byte-weight") / 1000),
  };
}

function explain(report: Report | undefined): void {
  for (const [id, { score, displayValue, title }] of Object.entries(report?.audits ?? {}).flatMap(
    ([id, audit]) => (audit === undefined ? [] : [[id, audit] as const]),
  )) {
    if (score !== null && score < 1)
      console.log(`  ${score.toFixed(2)} ${id}: ${title} ${displayValue ?? ""}`);
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  const free = await listen(server, 0, "127.0.0.1");
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return free;
}
