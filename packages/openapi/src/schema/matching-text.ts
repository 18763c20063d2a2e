/** A repeated part of a pattern, with its repetition counts. */
interface Repeated {
  readonly source: Part;
  readonly least: number;
  readonly most: number;
}

/** A character class as written in the pattern; or alternatives of sequences. */
type Part = string | readonly (readonly Repeated[])[];

/** Characters to try for a class, the plainest first. */
const CHARACTERS = [
  ..."aA0xX1 -_.,:;/@+#",
  ...Array.from({ length: 0x250 - 0x21 }, (_, index) => String.fromCodePoint(0x21 + index)),
  ..."αАאا中日あ한ก\n\t",
];

/** How many more repetitions than the minimum are tried, for texts that must be longer. */
const LONGER = 64;

/**
 * A short text that matches a pattern, within these lengths; `undefined` if none is found. Assertions and
 * backreferences are not supported: only a text that happens to satisfy them is used.
 */
export function matchingText(pattern: string, least = 0, most = Infinity): string | undefined {
  const whole = regExp(pattern);
  if (whole === undefined) return undefined;
  const alternatives = new PatternReader(pattern).read();
  for (const more of [0, ...Array.from({ length: LONGER }, (_, index) => index + 1)]) {
    for (const sequence of alternatives) {
      const text = textOf([sequence], more);
      if (text === undefined) continue;
      const padded = text.padEnd(least, "x");
      const found = [text, padded].find(
        (one) => whole.test(one) && [...one].length >= least && [...one].length <= most,
      );
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function regExp(source: string): RegExp | undefined {
  try {
    return new RegExp(source, "u");
  } catch {
    return undefined;
  }
}

function textOf(part: Part, more: number): string | undefined {
  if (typeof part === "string") {
    const kind = regExp(`^${part}$`);
    return CHARACTERS.find((character) => kind?.test(character));
  }
  for (const sequence of part) {
    const texts = sequence.map(({ source, least, most }) => {
      const count = Math.min(least + more, Math.max(most, least));
      const one = count === 0 ? "" : textOf(source, 0);
      return one?.repeat(count);
    });
    if (texts.every((text) => text !== undefined)) return texts.join("");
  }
  return undefined;
}

/** Parses a valid regular expression. */
class PatternReader {
  readonly #pattern: string;
  #at = 0;

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  read(): readonly (readonly Repeated[])[] {
    const alternatives: Repeated[][] = [[]];
    while (this.#at < this.#pattern.length && this.#pattern[this.#at] !== ")") {
      if (this.#take(/\|/y) !== undefined) {
        alternatives.push([]);
        continue;
      }
      const source = this.#part();
      const [least, most] = this.#counts();
      if (source !== undefined) alternatives.at(-1)?.push({ source, least, most });
    }
    return alternatives;
  }

  /** `undefined` for what consumes no character. */
  #part(): Part | undefined {
    if (this.#take(/\^|\$|\\[bB]/y) !== undefined) return undefined;
    const isAssertion = this.#take(/\(\?<?[=!]/y) !== undefined;
    if (isAssertion || this.#take(/\((?:\?:|\?<[^>]*>)?/y) !== undefined) {
      const inside = this.read();
      this.#take(/\)/y);
      return isAssertion ? undefined : inside;
    }
    return this.#take(/\[(?:[^\]\\]|\\.)*\]|\\[pP]\{[^}]*\}|\\u\{[^}]*\}|\\u....|\\x..|\\c.|\\.|./suy) ?? "";
  }

  #counts(): readonly [least: number, most: number] {
    const counts = this.#take(/(?:[*+?]|\{\d+(?:,\d*)?\})\??/y);
    if (counts === undefined) return [1, 1];
    if (counts.startsWith("*")) return [0, Infinity];
    if (counts.startsWith("+")) return [1, Infinity];
    if (counts.startsWith("?")) return [0, 1];
    const [least = "0", most = least] = counts.replace(/[{}?]/g, "").split(",");
    return [Number(least), most === "" ? Infinity : Number(most)];
  }

  #take(expression: RegExp): string | undefined {
    expression.lastIndex = this.#at;
    const found = expression.exec(this.#pattern)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }
}
