import { growthExponent } from "./growth.ts";
import type { Cell, Column } from "./measurement.ts";

/** The measured sizes, each with its measurements. */
export type Results = readonly (readonly [operations: number, column: Column])[];

/** A Markdown table with a row for each measurement, and a column for each size. */
export function formatTable(results: Results): string {
  // The first size has nothing to compare with, so it has fewer rows.
  const names = [...new Set(results.toReversed().flatMap(([, column]) => [...column.keys()]))];
  const rows = [
    ["", ...results.map(([operations]) => operations.toLocaleString("en")), "growth"],
    ...names.map((name) => [
      name,
      ...results.map(([, column]) => formatCell(column.get(name))),
      growth(results, name),
    ]),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = rows.map(
    (row) =>
      `| ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join(" | ")} |`,
  );
  const ruler = `| ${widths.map((width, column) => (column === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`)).join(" | ")} |`;
  return [lines[0], ruler, ...lines.slice(1)].join("\n");
}

/** Why cells are empty, one line each. */
export function formatFailures(results: Results): string[] {
  const reasons = results.flatMap(([operations, column]) =>
    [...column].flatMap(([name, cell]) =>
      "failed" in cell ? [{ name, reason: `${operations} operations: ${cell.failed}` }] : [],
    ),
  );
  const byReason = new Map<string, string[]>();
  for (const { name, reason } of reasons) byReason.set(reason, [...(byReason.get(reason) ?? []), name]);
  return [...byReason].map(([reason, names]) => `${names.join("; ")} – ${reason}`);
}

function formatCell(cell: Cell | undefined): string {
  if (cell === undefined || "failed" in cell) return "–";
  const value = formatNumber(cell.value);
  return cell.cpu === undefined ? value : `${value} (${formatNumber(cell.cpu)})`;
}

function formatNumber(value: number): string {
  return value.toLocaleString("en", { maximumFractionDigits: value < 10 ? 1 : 0 });
}

function growth(results: Results, name: string): string {
  const points = results.flatMap(([operations, column]) => {
    const cell = column.get(name);
    return cell === undefined || "failed" in cell ? [] : [{ operations, value: cell.cpu ?? cell.value }];
  });
  return growthExponent(points.filter(({ value }) => value > 0));
}
