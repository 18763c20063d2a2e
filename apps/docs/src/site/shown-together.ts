/** What a reader still takes in at a glance, and a browser draws at once. */
const AT_A_GLANCE = 30;

/**
 * Whether all of these are shown in one place. Where there are more, a page shows a part and leads to the rest, so that
 * the site grows in step with the description.
 */
export function shownTogether(things: readonly unknown[]): boolean {
  return things.length <= AT_A_GLANCE;
}

/** Those that stand around the one at `index`: all of them, where they are few. */
export function nearest<Thing>(things: readonly Thing[], index: number): readonly Thing[] {
  const from = Math.min(index - AT_A_GLANCE / 2, things.length - AT_A_GLANCE);
  return things.slice(Math.max(from, 0)).slice(0, AT_A_GLANCE);
}
