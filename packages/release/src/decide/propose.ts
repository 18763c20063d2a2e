import { floorOf, furthest } from "./bump.ts";
import { changedThings, countChanges, writeChangeset } from "./describe.ts";
import type { Survey } from "./survey.ts";

/** The changeset that tells of the description's changes. */
export const CHANGESET = "description.md";

export interface Proposal {
  /** What the changeset has to hold; none: there has to be none. */
  readonly content: string | undefined;
  readonly text: string;
}

/**
 * The changeset that the description's changes ask for. One that is there already keeps its bump where a person has
 * raised it.
 */
export function propose({ baseline, changes, group, pending }: Survey): Proposal {
  if (baseline === undefined) {
    return {
      content: undefined,
      text: "Nothing has been released yet, so there is nothing to compare with.",
    };
  }
  const { version, source } = baseline;
  if (changes.length === 0) {
    return {
      content: undefined,
      text: `The description is that of ${version} (${source}): no changeset is needed.`,
    };
  }
  const written = pending.find(({ file }) => file === CHANGESET);
  const bump = furthest([floorOf(changes, version), written?.bump ?? "none"]);
  return {
    content: writeChangeset(group, bump, changes),
    text: `Since ${version} (${source}) ${changedThings(changes)} ${countChanges(changes)}. Wrote .changeset/${CHANGESET}: ${bump}.`,
  };
}
