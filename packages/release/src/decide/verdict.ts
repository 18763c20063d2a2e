import type { Change } from "../compare/change/change.ts";
import { type Bump, compareVersions, distance, floorOf, furthest, isBump, next, reaches } from "./bump.ts";

/** In a changelog, an entry starts with the short hash of its commit. */
const SENTENCE =
  /^\s*(?:- )?(?:[0-9a-f]{7,40}: )?Lowered from (patch|minor|major) to (none|patch|minor): (.+)$/gm;

/** A person's decision that less than the changes require is enough. */
export interface Lowered {
  readonly from: Bump;
  readonly to: Bump;
  readonly reason: string;
}

/** The decisions that a text records. A reason must have at least twenty characters. */
export function readLowered(text: string): Lowered[] {
  return [...text.matchAll(SENTENCE)].flatMap(([, from, to, reason = ""]) =>
    isBump(from) && isBump(to) && reason.trim().length >= 20 ? [{ from, to, reason: reason.trim() }] : [],
  );
}

export interface Situation {
  readonly changes: readonly Change[];
  /** The version that the changes are counted from. */
  readonly released: string;
  /** The version in package.json: higher than `released` between versioning and publishing. */
  readonly current: string;
  /** The bumps of the pending changesets. */
  readonly pending: readonly Bump[];
  readonly lowered: readonly Lowered[];
}

export interface Verdict {
  readonly passes: boolean;
  /** What the changes require. */
  readonly floor: Bump;
  /** What is planned. */
  readonly planned: Bump;
  readonly version: string;
  /** The decision that less than the floor is enough. */
  readonly lowered: Lowered | undefined;
}

/** Whether the planned release is as large as the changes require. */
export function judge({ changes, released, current, pending, lowered }: Situation): Verdict {
  const floor = floorOf(changes, released);
  const bumped = next(current, furthest(pending));
  const version = compareVersions(bumped, released) > 0 ? bumped : released;
  const planned = distance(released, version);
  const decision = lowered.find(({ from, to }) => from === floor && reaches(planned, to));
  const enough = reaches(planned, floor);
  return {
    passes: enough || decision !== undefined,
    floor,
    planned,
    version,
    lowered: enough ? undefined : decision,
  };
}
