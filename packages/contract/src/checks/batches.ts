/** Does something with each value, a few at a time, so that a run is no heavier than it was asked to be. */
export async function inBatches<Value, Outcome>(
  values: readonly Value[],
  size: number,
  run: (value: Value) => Promise<readonly Outcome[]>,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (let start = 0; start < values.length; start += size) {
    const batch = await Promise.all(values.slice(start, start + size).map(run));
    outcomes.push(...batch.flat());
  }
  return outcomes;
}
