import type { Change } from "../compare/change/change.ts";

/** The size of a release. */
export type Bump = "none" | "patch" | "minor" | "major";

const ORDER: readonly Bump[] = ["none", "patch", "minor", "major"];

export function isBump(value: unknown): value is Bump {
  return ORDER.some((bump) => bump === value);
}

/** The largest of these; `none` if there are none. */
export function furthest(bumps: readonly Bump[]): Bump {
  return ORDER[Math.max(0, ...bumps.map((bump) => ORDER.indexOf(bump)))] ?? "none";
}

/** Whether one bump is at least as large as another. */
export function reaches(bump: Bump, goal: Bump): boolean {
  return ORDER.indexOf(bump) >= ORDER.indexOf(goal);
}

/**
 * The smallest bump that these changes allow after a version. Below 1.0 a minor release may break, and a patch may add:
 * npm reads `^0.3.0` this way, and Semantic Versioning 2.0.0 (item 4) leaves it open.
 */
export function floorOf(changes: readonly Change[], version: string): Bump {
  const asked = furthest(
    changes.map(({ impact }) =>
      impact === "breaking" ? "major" : impact === "addition" ? "minor" : "patch",
    ),
  );
  if (partsOf(version)[0] > 0) return asked;
  return asked === "major" ? "minor" : asked === "minor" ? "patch" : asked;
}

/** The bump from one version to another; `none` if the other is not higher. */
export function distance(from: string, to: string): Bump {
  if (compareVersions(to, from) <= 0) return "none";
  const [major, minor] = partsOf(from);
  const [nextMajor, nextMinor] = partsOf(to);
  if (nextMajor > major) return "major";
  return nextMinor > minor ? "minor" : "patch";
}

/** The version that a bump leads to. */
export function next(version: string, bump: Bump): string {
  const [major, minor, patch] = partsOf(version);
  if (bump === "major") return `${major + 1}.0.0`;
  if (bump === "minor") return `${major}.${minor + 1}.0`;
  return bump === "patch" ? `${major}.${minor}.${patch + 1}` : version;
}

/** Negative if the first version is lower. */
export function compareVersions(one: string, other: string): number {
  const theirs = partsOf(other);
  return partsOf(one).reduce<number>((order, part, index) => order || part - (theirs[index] ?? 0), 0);
}

function partsOf(version: string): [number, number, number] {
  const match = /^(\d+)\.(\d+)\.(\d+)$/.exec(version);
  if (match === null) throw new Error(`${version} is not a released version such as 1.2.3`);
  return [Number(match[1]), Number(match[2]), Number(match[3])];
}
