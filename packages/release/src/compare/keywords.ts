import { type Direction, type Effect, impactOf, type Note } from "./change.ts";

type Values = ReadonlyMap<string, ReadonlySet<string>>;

const LOWER = /^(exclusiveMinimum|min[A-Z]\w*|minimum)$/;
const UPPER = /^(exclusiveMaximum|max[A-Z]\w*|maximum)$/;

/** Compares the keywords that stand for themselves: bounds, formats, defaults, extensions. */
export function compareKeywords(direction: Direction, old: Values, now: Values, note: Note): void {
  for (const keyword of new Set([...old.keys(), ...now.keys()])) {
    const from = whatCounts(keyword, old.get(keyword) ?? new Set());
    const to = whatCounts(keyword, now.get(keyword) ?? new Set());
    if (from.join() === to.join()) continue;
    const text =
      from.length === 0
        ? `now has ${keyword} ${to.join(" and ")}.`
        : to.length === 0
          ? `no longer has ${keyword} ${from.join(" and ")}.`
          : `changes ${keyword} from ${from.join(" and ")} to ${to.join(" and ")}.`;
    note(impactOfKeyword(direction, keyword, from, to), text);
  }
}

/** Of the bounds that the parts of a schema have, the strictest one; of anything else, all. */
function whatCounts(keyword: string, values: ReadonlySet<string>): string[] {
  const sorted = [...values].sort((one, other) => Number(one) - Number(other) || (one < other ? -1 : 1));
  if (LOWER.test(keyword)) return sorted.slice(-1);
  return UPPER.test(keyword) ? sorted.slice(0, 1) : sorted;
}

function impactOfKeyword(
  direction: Direction,
  keyword: string,
  from: readonly string[],
  to: readonly string[],
): "breaking" | "addition" | "words" {
  switch (keyword) {
    case "deprecated":
      return "addition";
    case "default":
      // Who leaves the field out gets something else. A default that was not said before promises more than it did.
      if (direction === "response") return "words";
      return from.length === 0 ? "addition" : "breaking";
    case "x-generate":
      // A value that is fresh for each resource is a promise; to make it is no harm.
      return from.length === 0 ? "addition" : "breaking";
    case "x-mock":
      // It is no promise of the API.
      return "words";
    case "x-delivers":
      // It says what the server did anyway; the contract suite is careful with other requests than before.
      return "addition";
    default:
      return impactOf(direction, effectOf(keyword, from, to));
  }
}

function effectOf(keyword: string, from: readonly string[], to: readonly string[]): Effect {
  // What is not known here can't be judged, whatever its value is.
  if (keyword.startsWith("x-") || keyword === "readOnly" || keyword === "writeOnly") return "other";
  if (from.length === 0) return "narrower";
  if (to.length === 0) return "wider";
  if (!LOWER.test(keyword) && !UPPER.test(keyword)) return "other";
  const rises = Number(to[0]) > Number(from[0]);
  return rises === LOWER.test(keyword) ? "narrower" : "wider";
}
