import { isMultiple } from "@dots-payouts/openapi";
import { ADVICE } from "../change/advice.ts";
import type { Effect } from "../change/change.ts";
import type { Pair } from "./comparison.ts";
import type { Shape } from "./shape.ts";

type Said = ReadonlyMap<string, string>;

const LOWER = /^(exclusiveMinimum|min[A-Z]\w*|minimum)$/;
const UPPER = /^(exclusiveMaximum|max[A-Z]\w*|maximum)$/;

/** Other keywords that decide which values match: judged by what is certain about the values. */
const VALUES = new Set([
  "contains",
  "dependentRequired",
  "dependentSchemas",
  "format",
  "multipleOf",
  "not",
  "pattern",
  "patternProperties",
  "prefixItems",
  "propertyNames",
  "unevaluatedItems",
  "unevaluatedProperties",
  "uniqueItems",
]);

/** Longer values are not written out. */
const SHORT = 80;

/** Compares self-contained keywords: bounds, formats, defaults, extensions. */
export function compareKeywords(pair: Pair, old: Shape, now: Shape): void {
  const bounds = BOUNDS.filter((keywords) => compareBounds(pair, keywords, old, now)).flat();
  for (const keyword of new Set([...old.keywords.keys(), ...now.keywords.keys()])) {
    if (bounds.includes(keyword)) continue;
    const from = whatCounts(keyword, old.keywords.get(keyword) ?? new Map());
    const to = whatCounts(keyword, now.keywords.get(keyword) ?? new Map());
    if ([...from.keys()].join() === [...to.keys()].join()) continue;
    compareKeyword(pair, keyword, [...from.values()], [...to.values()]);
  }
}

/** Inclusive and exclusive forms of the same bound. */
const BOUNDS = [
  ["minimum", "exclusiveMinimum"],
  ["maximum", "exclusiveMaximum"],
];

/** Reports a bound that switched to the other form; returns whether it did. */
function compareBounds(pair: Pair, keywords: readonly string[], old: Shape, now: Shape): boolean {
  const [from, ...more] = keywords.filter((keyword) => old.keywords.has(keyword));
  const [to, ...others] = keywords.filter((keyword) => now.keywords.has(keyword));
  if (from === undefined || to === undefined || from === to || more.length + others.length > 0) return false;
  const said = ({ keywords: all }: Shape, keyword: string): string =>
    `${keyword} ${[...whatCounts(keyword, all.get(keyword) ?? new Map()).values()].join()}`;
  pair.values("other", `changes ${said(old, from)} to ${said(now, to)}.`, { keys: [from] });
  return true;
}

/** The strictest of the bounds of a schema's parts; for other keywords, all values. */
function whatCounts(keyword: string, said: Said): Said {
  const ordered = [...said].sort(([one], [other]) => Number(one) - Number(other) || (one < other ? -1 : 1));
  if (LOWER.test(keyword)) return new Map(ordered.slice(-1));
  return new Map(UPPER.test(keyword) ? ordered.slice(0, 1) : ordered);
}

function compareKeyword(pair: Pair, keyword: string, from: readonly string[], to: readonly string[]): void {
  const text = textOf(keyword, from, to);
  const sent = pair.direction === "request";
  const comes = from.length === 0;
  const about = { keys: [keyword] };
  if (VALUES.has(keyword) || LOWER.test(keyword) || UPPER.test(keyword)) {
    pair.values(effectOf(keyword, from, to), text, about);
    return;
  }
  switch (keyword) {
    case "deprecated":
      pair.tell("addition", text, undefined, comes ? ADVICE.deprecated : undefined, about);
      break;
    case "default":
      // Callers that leave the field out get something else. A new default promises more.
      if (!sent) pair.tell("words", text, undefined, undefined, about);
      else if (comes) pair.tell("addition", text, undefined, ADVICE.newDefault, about);
      else pair.tell("breaking", text, undefined, ADVICE.otherDefault, about);
      break;
    case "readOnly":
    case "writeOnly": {
      // The keyword says that the value is not sent, or not returned. Where it is, that is not new.
      if (sent !== (keyword === "readOnly")) pair.tell("words", text, undefined, undefined, about);
      else if (sent)
        pair.tell(
          comes ? "breaking" : "addition",
          text,
          undefined,
          comes ? ADVICE.goneRequestProperty : ADVICE.newRequestProperty,
          about,
        );
      else
        pair.tell(
          comes ? "breaking" : "addition",
          text,
          undefined,
          comes ? ADVICE.goneResponseProperty : ADVICE.newResponseProperty,
          about,
        );
      break;
    }
    case "x-generate":
      // A fresh value per resource is a promise; adding one does no harm.
      pair.tell(
        comes ? "addition" : "breaking",
        text,
        undefined,
        comes ? ADVICE.generated : ADVICE.notGenerated,
        about,
      );
      break;
    case "x-delivers":
      // The keyword says what the server did anyway; the contract suite then holds back different requests.
      pair.tell("addition", text, undefined, ADVICE.delivers, about);
      break;
    default:
      // An unknown keyword can't be judged, whatever its value is.
      pair.tell("breaking", text, undefined, undefined, about);
  }
}

function textOf(keyword: string, from: readonly string[], to: readonly string[]): string {
  const [old, now] = [from.join(" and "), to.join(" and ")];
  if (old.length > SHORT || now.length > SHORT) {
    if (old === "") return `now has ${keyword}.`;
    return now === "" ? `no longer has ${keyword}.` : `changes ${keyword}.`;
  }
  if (old === "") return `now has ${keyword} ${now}.`;
  return now === "" ? `no longer has ${keyword} ${old}.` : `changes ${keyword} from ${old} to ${now}.`;
}

function effectOf(keyword: string, from: readonly string[], to: readonly string[]): Effect {
  if (from.length === 0) return "narrower";
  if (to.length === 0) return "wider";
  if (keyword === "multipleOf") {
    const [old, now] = [Number(from[0]), Number(to[0])];
    if (isMultiple(now, old)) return "narrower";
    return isMultiple(old, now) ? "wider" : "other";
  }
  if (!LOWER.test(keyword) && !UPPER.test(keyword)) return "other";
  return Number(to[0]) > Number(from[0]) === LOWER.test(keyword) ? "narrower" : "wider";
}
