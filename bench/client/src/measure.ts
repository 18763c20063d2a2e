import type { Contender } from "./contenders.ts";

/** The measurements of a contender. */
export interface Result {
  readonly name: string;
  /** Microseconds per call, the median of all rounds. */
  readonly microseconds: number;
  /** The speed as a share of the first contender's, the median of all rounds. */
  readonly ratio: number;
}

/** Measures contenders side by side: each round runs all of them, so that a slow machine slows all of them down. */
export async function measure(
  contenders: Readonly<Record<string, Contender>>,
  { rounds, calls, inFlight }: { rounds: number; calls: number; inFlight: number },
): Promise<Result[]> {
  const names = Object.keys(contenders);
  const times = new Map(names.map((name): [string, number[]] => [name, []]));
  for (let round = -2; round < rounds; round++) {
    // The order changes, so that none always follows the same other one.
    const shift = Math.abs(round) % names.length;
    for (const name of [...names.slice(shift), ...names.slice(0, shift)]) {
      const contender = contenders[name];
      if (contender === undefined) continue;
      const start = performance.now();
      await run(contender, calls, inFlight);
      // The first rounds only warm up the compiler.
      if (round >= 0) times.get(name)?.push(((performance.now() - start) / calls) * 1_000);
    }
  }
  const first = times.get(names[0] ?? "") ?? [];
  return [...times].map(([name, own]) => ({
    name,
    microseconds: median(own),
    ratio: median(own.map((time, round) => (first[round] ?? Number.NaN) / time)),
  }));
}

async function run(contender: Contender, calls: number, inFlight: number): Promise<void> {
  let left = calls;
  const worker = async (): Promise<void> => {
    while (left-- > 0) await contender();
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
