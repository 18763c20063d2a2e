import { floorOf, furthest } from "./bump.ts";
import { changedThings, countChanges, writeChangeset } from "./describe.ts";
import type { Survey } from "./survey.ts";

/** The changeset for the description's changes. */
export const CHANGESET = "description.md";

export interface Proposal {
  /** The content of the changeset; absent if there must be none. */
  readonly content: string | undefined;
  readonly text: string;
}

/**
 * The changeset that the description's changes require. An existing one keeps a bump that a person has raised.
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
