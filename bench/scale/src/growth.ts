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

/** Below this share of the largest value, what grows is lost in what does not. */
const LOST = 0.3;
/** What falls by more than this share from one size to the next is noise, whatever it does then. */
const NOISE = 0.25;

/**
 * With which power of the number of operations a value grows, beyond what it costs to start: 1 is in step. Empty where
 * it does not grow, or not so that it could be told from noise; and for fewer than four sizes, which can't tell what is
 * fixed from what grows.
 */
export function growthExponent(points: readonly Point[]): string {
  const largest = points.at(-1);
  if (largest === undefined || points.length < 4) return "";
  if (points.some(({ value }, index) => value < (1 - NOISE) * (points[index - 1]?.value ?? 0))) return "";
  const { factor, exponent } = fit(points);
  if (factor * largest.operations ** exponent < LOST * largest.value) return "";
  return exponent.toFixed(1);
}

/** The growth with the least relative error over all points. */
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

/** `y = fixed + factor * x`, neither of them negative, by least squares of the relative error. */
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
