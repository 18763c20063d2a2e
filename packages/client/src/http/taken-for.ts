import type { Operation } from "../runtime/operation.ts";

/**
 * The operation that a server may take a path for. Servers differ in what they overlook: capitals, doubled slashes, a
 * slash at the end, encoded letters.
 * @param path with its query, below the base URL
 */
export function takenFor(
  operations: readonly Operation[],
  method: string,
  path: string,
): Operation | undefined {
  const segments = segmentsOf(path);
  const fitting = operations.filter((known) => known.method === method && fits(known, segments));
  // A server tries a path without parameters before one with parameters.
  return fitting.sort((one, other) => parameters(one) - parameters(other))[0];
}

function fits({ path }: Operation, segments: readonly string[]): boolean {
  const template = segmentsOf(path);
  return (
    template.length === segments.length &&
    template.every((part, index) => isParameter(part) || part === segments[index])
  );
}

function segmentsOf(path: string): string[] {
  const segments: string[] = [];
  for (const part of decoded(path.replace(/[?#].*/s, ""))
    .toLowerCase()
    .split(/[\\/]+/)) {
    const name = part.replace(/;.*|\s/gs, "");
    if (name === "..") segments.pop();
    else if (name !== "" && name !== ".") segments.push(name);
  }
  return segments;
}

/** A path in plain letters, even if it was encoded twice. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(decodeURIComponent(path));
  } catch {
    return path;
  }
}

function isParameter(part: string): boolean {
  return part.includes("{");
}

function parameters({ path }: Operation): number {
  return segmentsOf(path).filter(isParameter).length;
}
