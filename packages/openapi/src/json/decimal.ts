/**
 * Whether a number is a whole multiple of another, by their decimal digits: 19.99 is a multiple of 0.01, although
 * neither is an exact binary fraction.
 */
export function isMultiple(value: number, step: number): boolean {
  // For whole numbers the remainder is exact, and needs no strings.
  if (Number.isSafeInteger(value) && Number.isSafeInteger(step)) return value % step === 0;
  if (!Number.isFinite(value) || !Number.isFinite(step)) return false;
  const parse = (number: number): { digits: bigint; scale: number } => {
    const [mantissa = "", exponent = "0"] = String(number).split("e");
    const [whole = "", fraction = ""] = mantissa.split(".");
    return { digits: BigInt(whole + fraction), scale: fraction.length - Number(exponent) };
  };
  const one = parse(value);
  const other = parse(step);
  const scale = Math.max(one.scale, other.scale, 0);
  const divisor = other.digits * 10n ** BigInt(scale - other.scale);
  return divisor !== 0n && (one.digits * 10n ** BigInt(scale - one.scale)) % divisor === 0n;
}

/** The smallest multiple of a step that is not below a number, in decimal digits. */
export function nextMultiple(from: number, step: number): number {
  if (isMultiple(from, step)) return from;
  // Zero has no sign in JSON.
  return decimal(Math.ceil(from / step) * step) || 0;
}

/** Removes the rounding error of binary fractions: 0.28 plus 0.01 is 0.29. */
export function decimal(result: number): number {
  return Number.isInteger(result) ? result : Number(result.toPrecision(15));
}
