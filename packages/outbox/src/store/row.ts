/** A value that a statement takes or returns. */
export type SqlValue = null | number | bigint | string | Uint8Array;

/** A row: its values by column. */
export type Row = Readonly<Record<string, unknown>>;

export function isRow(value: unknown): value is Row {
  return typeof value === "object" && value !== null;
}

export function number(row: Row | undefined, column: string): number {
  return Number(row?.[column] ?? 0);
}

export function text(row: Row | undefined, column: string): string {
  return String(row?.[column] ?? "");
}

export function optionalNumber(row: Row | undefined, column: string): number | undefined {
  const value = row?.[column] ?? undefined;
  return value === undefined ? undefined : Number(value);
}

export function optionalText(row: Row | undefined, column: string): string | undefined {
  const value = row?.[column] ?? undefined;
  return value === undefined ? undefined : String(value);
}
