/**
 * Finds the path template that matches a path, in time that does not grow with the number of templates. If several
 * match, the one with the fewest templated segments wins; then the one with the most literal text (`{id}:open` before
 * `{id}`); then the one that was added first.
 */
export interface TemplateIndex<T> {
  add(segments: readonly string[], value: T): void;
  find(path: readonly string[]): T | undefined;
}

/** Templates with parameters in the same segments. */
interface Form<T> {
  readonly length: number;
  readonly templated: readonly number[];
  /** Those with the same literal text elsewhere, in order of precedence. */
  readonly byLiterals: Map<string, Candidate<T>[]>;
}

interface Candidate<T> {
  readonly number: number;
  /** Literal characters in templated segments. */
  readonly text: number;
  /** Patterns of templated segments with literal text, by index. */
  readonly mixed: readonly (readonly [index: number, pattern: RegExp])[];
  readonly value: T;
}

export function templateIndex<T>(): TemplateIndex<T> {
  /** There are only a few, however many templates there are. Those with the fewest parameters come first. */
  const forms: Form<T>[] = [];
  let count = 0;
  const formOf = (length: number, templated: readonly number[]): Form<T> => {
    const known = forms.find(
      (form) => form.length === length && String(form.templated) === String(templated),
    );
    if (known !== undefined) return known;
    const form = { length, templated, byLiterals: new Map() };
    forms.push(form);
    forms.sort((a, b) => a.templated.length - b.templated.length);
    return form;
  };
  return {
    add(segments, value) {
      const templated = segments.flatMap((segment, index) => (segment.includes("{") ? [index] : []));
      const { byLiterals } = formOf(segments.length, templated);
      const literals = literalsOf(segments, templated);
      const candidate = { number: count, value, ...looksOf(segments, templated) };
      byLiterals.set(literals, [...(byLiterals.get(literals) ?? []), candidate].sort(byRank));
      count += 1;
    },
    find(path) {
      let best: Candidate<T> | undefined;
      let most = Number.POSITIVE_INFINITY;
      for (const { length, templated, byLiterals } of forms) {
        if (templated.length > most) break;
        if (length !== path.length || templated.some((index) => path[index] === "")) continue;
        const found = byLiterals
          .get(literalsOf(path, templated))
          ?.find(({ mixed }) => mixed.every(([index, pattern]) => pattern.test(path[index] ?? "")));
        if (found === undefined || (best !== undefined && byRank(best, found) < 0)) continue;
        best = found;
        most = templated.length;
      }
      return best?.value;
    },
  };
}

function byRank<T>(a: Candidate<T>, b: Candidate<T>): number {
  return b.text - a.text || a.number - b.number;
}

function looksOf(
  segments: readonly string[],
  templated: readonly number[],
): Pick<Candidate<unknown>, "text" | "mixed"> {
  const texts = templated.map((index): [number, string[]] => [
    index,
    (segments[index] ?? "").split(/\{[^}]+\}/),
  ]);
  const beside = texts.filter(([, parts]) => parts.length > 2 || parts.some((part) => part !== ""));
  return {
    text: texts.reduce((sum, [, parts]) => sum + parts.join("").length, 0),
    mixed: beside.map(([index, parts]) => [
      index,
      new RegExp(`^${parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join(".+")}$`, "s"),
    ]),
  };
}

/** A segment may contain an escaped slash or a line break, so the key must be unambiguous. */
function literalsOf(segments: readonly string[], templated: readonly number[]): string {
  return JSON.stringify(segments.filter((_, index) => !templated.includes(index)));
}
