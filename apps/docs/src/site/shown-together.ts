/** How many things readers can take in at a glance, and a browser draws at once. */
const AT_A_GLANCE = 30;

/**
 * Whether all of these are shown in one place. If there are more, a page shows some and links to the rest, so that
 * the site grows in proportion to the description.
 */
export function shownTogether(things: readonly unknown[]): boolean {
  return things.length <= AT_A_GLANCE;
}

/** The entries around the one at `index`; all of them if there are few. */
export function nearest<Thing>(things: readonly Thing[], index: number): readonly Thing[] {
  const from = Math.min(index - AT_A_GLANCE / 2, things.length - AT_A_GLANCE);
  return things.slice(Math.max(from, 0)).slice(0, AT_A_GLANCE);
}
