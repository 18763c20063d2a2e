/** A measurement at a number of operations. */
export interface Point {
  readonly operations: number;
  readonly value: number;
}

/** How a value grows: `fixed + factor * operations ** exponent`. */
interface Growth {
  readonly fixed: number;
  readonly factor: number;
  readonly exponent: number;
}

/** Below this share of the largest value, growth can't be distinguished from fixed costs. */
const LOST = 0.3;
/** A value that falls by more than this share from one size to the next is noise. */
const NOISE = 0.25;

/**
 * The exponent with which a value grows with the number of operations, in addition to fixed costs: 1 is linear. Empty
 * if it does not grow, if the growth can't be distinguished from noise, or with fewer than four sizes, which can't
 * separate fixed costs from growth.
 */
export function growthExponent(points: readonly Point[]): string {
  const largest = points.at(-1);
  if (largest === undefined || points.length < 4) return "";
  if (points.some(({ value }, index) => value < (1 - NOISE) * (points[index - 1]?.value ?? 0))) return "";
  const { factor, exponent } = fit(points);
  if (factor * largest.operations ** exponent < LOST * largest.value) return "";
  return exponent.toFixed(1);
}

/** The growth with the smallest relative error over all points. */
function fit(points: readonly Point[]): Growth {
  let best: Growth & { error: number } = {
    fixed: 0,
    factor: 0,
    exponent: 0,
    error: Number.POSITIVE_INFINITY,
  };
  for (let exponent = 0.1; exponent <= 3; exponent += 0.1) {
    const line = fitLine(points.map(({ operations, value }) => ({ x: operations ** exponent, y: value })));
    if (line.error < best.error) best = { ...line, exponent };
  }
  return best;
}

/** `y = fixed + factor * x`, neither negative, by least squares of the relative error. */
function fitLine(points: readonly { readonly x: number; readonly y: number }[]): {
  fixed: number;
  factor: number;
  error: number;
} {
  const weigh = (value: ({ x, y }: { x: number; y: number }) => number): number =>
    points.reduce((sum, point) => sum + value(point) / point.y ** 2, 0);
  const [w, x, y] = [weigh(() => 1), weigh((point) => point.x), weigh((point) => point.y)];
  const [xx, xy] = [weigh((point) => point.x ** 2), weigh((point) => point.x * point.y)];
  const slope = (w * xy - x * y) / (w * xx - x * x);
  const start = (y - slope * x) / w;
  const [fixed, factor] = slope < 0 ? [y / w, 0] : start < 0 ? [0, xy / xx] : [start, slope];
  return { fixed, factor, error: weigh((point) => (point.y - fixed - factor * point.x) ** 2) };
}
