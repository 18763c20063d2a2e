/**
 * Finds the path template that a path fits, in a time that does not grow with the number of templates. Of several, the
 * one with the fewest templated segments counts; of those, the one that was added first.
 */
export interface TemplateIndex<T> {
  add(segments: readonly string[], value: T): void;
  find(path: readonly string[]): T | undefined;
}

/** Templates that are templated at the same places. */
interface Form<T> {
  readonly length: number;
  readonly templated: readonly number[];
  readonly byLiterals: Map<string, Numbered<T>>;
}

interface Numbered<T> {
  readonly number: number;
  readonly value: T;
}

export function templateIndex<T>(): TemplateIndex<T> {
  /** There are a few of them, however many templates there are. The least templated ones come first. */
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
      if (!byLiterals.has(literals)) byLiterals.set(literals, { number: count, value });
      count += 1;
    },
    find(path) {
      let best: Numbered<T> | undefined;
      let most = Number.POSITIVE_INFINITY;
      for (const { length, templated, byLiterals } of forms) {
        if (templated.length > most) break;
        if (length !== path.length || templated.some((index) => path[index] === "")) continue;
        const found = byLiterals.get(literalsOf(path, templated));
        if (found === undefined || (best !== undefined && best.number < found.number)) continue;
        best = found;
        most = templated.length;
      }
      return best?.value;
    },
  };
}

/** A segment may hold a slash that was escaped, and a line break as well: the key has to tell them apart. */
function literalsOf(segments: readonly string[], templated: readonly number[]): string {
  return JSON.stringify(segments.filter((_, index) => !templated.includes(index)));
}
