import { availableParallelism, loadavg } from "node:os";
import { type Measures, measure } from "./measure.ts";

const given = process.argv.slice(2).map(Number);
const sizes = given.length > 0 ? given : [3, 30, 300, 1_000];
if (!sizes.every((size) => Number.isInteger(size) && size > 0)) {
  console.error("Usage: pnpm bench:scale [number of operations, …]");
  process.exit(2);
}

const results: [size: number, measures: Measures][] = [];
for (const size of sizes) {
  const found: Measures = new Map();
  results.push([size, found]);
  try {
    await measure(size, found, (step) =>
      process.stderr.write(`${size} operations: ${step}
`),
    );
  } catch (error) {
    process.stderr.write(`${size} operations: ${error instanceof Error ? error.message : String(error)}
`);
    process.exitCode = 1;
  }
}

/** How a measure grows between the last two sizes: 1 is in step with the number of operations, 0 not at all. */
function exponent(name: string): string {
  const [[smaller, before] = [], [larger, after] = []] = results.slice(-2);
  const from = before?.get(name);
  const to = after?.get(name);
  if (smaller === undefined || larger === undefined || !from || !to) return "";
  return (Math.log(to / from) / Math.log(larger / smaller)).toFixed(2);
}

const names = [...(results[0]?.[1].keys() ?? [])];
const rows = [
  ["", ...sizes.map((size) => `${size} operations`), "growth"],
  ...names.map((name) => [
    name,
    ...results.map(([, measures]) =>
      measures.has(name) ? Math.round(measures.get(name) ?? 0).toLocaleString("en") : "–",
    ),
    exponent(name),
  ]),
];
const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
for (const [index, row] of rows.entries()) {
  console.log(`| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`);
  if (index === 0) console.log(`| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`);
}
console.log(
  `\nMilliseconds, where the name says nothing else. Node ${process.version}, ${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}.`,
);
