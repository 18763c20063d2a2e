import type { Cell, Column } from "./measurement.ts";
import { BYTES } from "./program-bytes.ts";
import type { Results } from "./table.ts";

const ROWS: readonly string[] = Object.values(BYTES).flatMap(({ minified, compressed }) => [
  minified,
  compressed,
]);

/** Adds the cost of each unused operation: how much the program has grown since the smallest size. */
export function addUnusedOperation(results: Results): Results {
  const [smallest] = results;
  if (smallest === undefined) return results;
  const [fewest, before] = smallest;
  return results.map(([operations, column]) => {
    if (operations === fewest) return [operations, column];
    const entries = [...column].flatMap(([row, cell]): [string, Cell][] => {
      const added = ROWS.includes(row) ? perOperation(before, row, cell, operations - fewest) : undefined;
      return added === undefined
        ? [[row, cell]]
        : [
            [row, cell],
            [`${row}, per unused operation`, added],
          ];
    });
    return [operations, new Map(entries)];
  });
}

function perOperation(before: Column, row: string, after: Cell, operations: number): Cell | undefined {
  const smallest = before.get(row);
  if (smallest === undefined || !("value" in smallest && "value" in after)) return undefined;
  return { value: (after.value - smallest.value) / operations };
}
