import type { Operation } from "../runtime/operation.ts";

/** An operation with the segments of its path, which are read once for all requests. */
export interface Template {
  readonly operation: Operation;
  readonly segments: readonly string[];
  /** How little of the path is given: a longer one has less, and so has one with fewer parameters. */
  readonly openness: number;
}

export function templateOf(operation: Operation): Template {
  const segments = segmentsOf(operation.path);
  return { operation, segments, openness: segments.filter(isParameter).length - segments.length * 100 };
}

/**
 * The operations that a server may take a path for. Servers differ in where their API begins, in how often they decode
 * a path, and in what they overlook: capitals, doubled slashes, a slash at the end, an extension, invisible characters.
 * @param path the whole path of the URL, without the query
 */
export function takenFor(templates: readonly Template[], method: string, path: string): Operation[] {
  const known = templates.filter(({ operation }) => operation.method === method);
  const taken = readingsOf(path).flatMap((reading) => {
    const segments = segmentsOf(reading);
    const fitting = known.filter((one) => fits(one, segments));
    // Servers prefer the one of which more is given.
    const best = Math.min(...fitting.map(({ openness }) => openness));
    return fitting.filter(({ openness }) => openness === best);
  });
  return [...new Set(taken.map(({ operation }) => operation))];
}

/** Whether the end of a path is that of an operation: what comes before may be part of the server's address. */
function fits({ segments: template }: Template, segments: readonly string[]): boolean {
  const start = segments.length - template.length;
  return (
    start >= 0 &&
    template.every((part, index) => {
      const segment = segments[start + index] ?? "";
      const isLast = index === template.length - 1;
      return isParameter(part) || part === segment || (isLast && stem(part) === stem(segment));
    })
  );
}

/** Without an extension, or dots at the end. */
function stem(segment: string): string {
  return segment.replace(/(?<=.)\..*/s, "");
}

/** A path as servers may read it: as it is or decoded, also twice or more, whole or to the end of what is no query. */
function readingsOf(path: string): string[] {
  let readings = new Set([path]);
  for (let times = 0; times < 3; times += 1) {
    // Some remove the parameters of a segment before they decode it.
    readings = new Set(
      [...readings].flatMap((reading) => [
        reading,
        decoded(reading),
        decoded(reading.replace(/;[^/\\]*/g, "")),
      ]),
    );
  }
  const cut = [...readings].map((reading) => reading.replace(/[?#\0].*/s, ""));
  // Most paths have one reading only.
  return [...new Set([...readings, ...cut])];
}

/** The segments of a path, in the plainest letters. */
function segmentsOf(path: string): string[] {
  const segments: string[] = [];
  for (const part of path
    .normalize("NFKC")
    .toLowerCase()
    .split(/[\\/]+/)) {
    const name = part.replace(/;.*|[\s\p{C}]/gsu, "");
    if (name === "..") segments.pop();
    else if (name !== "" && name !== ".") segments.push(name);
  }
  return segments;
}

/** A path decoded once, character by character: what is no character stays as it is. */
function decoded(path: string): string {
  return path.replace(/%([0-7].|[cd].%[89ab].|e.(%[89ab].){2}|f.(%[89ab].){3})/gi, (character) => {
    try {
      return decodeURIComponent(character);
    } catch {
      return character;
    }
  });
}

function isParameter(part: string): boolean {
  return part.includes("{");
}
