import type { Cell, Column } from "./measurement.ts";
import { BYTES, COMPRESSED_BYTES } from "./program-bytes.ts";
import type { Results } from "./table.ts";

/** Adds what each operation costs that a program does not use: what the program has grown by since the smallest size. */
export function addUnusedOperation(results: Results): Results {
  const [smallest] = results;
  return results.map(([operations, column]) => {
    if (smallest === undefined || smallest[0] === operations) return [operations, column];
    const per = (row: string): Cell | undefined => {
      const [before, after] = [smallest[1].get(row), column.get(row)];
      if (before === undefined || after === undefined || !("value" in before && "value" in after))
        return undefined;
      return { value: (after.value - before.value) / (operations - smallest[0]) };
    };
    return [
      operations,
      insertAfter(column, COMPRESSED_BYTES, [
        ["bytes per unused operation", per(BYTES)],
        ["bytes per unused operation, gzip", per(COMPRESSED_BYTES)],
      ]),
    ];
  });
}

function insertAfter(
  column: Column,
  row: string,
  added: readonly (readonly [string, Cell | undefined])[],
): Column {
  const cells = added.flatMap(([name, cell]) => (cell === undefined ? [] : [[name, cell] as const]));
  return new Map([...column].flatMap((entry) => (entry[0] === row ? [entry, ...cells] : [entry])));
}
