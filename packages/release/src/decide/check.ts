import { changedThings, countChanges, listChanges } from "./describe.ts";

import type { Survey } from "./survey.ts";
import { judge, readLowered } from "./verdict.ts";

/** Whether the planned release is large enough, and a message. */
export function check({ baseline, changes, current, pending, entry }: Survey): {
  passes: boolean;
  text: string;
} {
  if (baseline === undefined) {
    return { passes: true, text: "Nothing has been released yet: any version is fine." };
  }
  const { version, source } = baseline;
  if (changes.length === 0) {
    return { passes: true, text: `The description is that of ${version} (${source}).` };
  }
  const verdict = judge({
    changes,
    released: version,
    current,
    pending: pending.map(({ bump }) => bump),
    lowered: readLowered([...pending.map(({ text }) => text), entry].join("\n")),
  });
  const counted = `Since ${version} (${source}) ${changedThings(changes)} ${countChanges(changes)}.`;
  const young = version.startsWith("0.") ? " (below 1.0, a minor release may break and a patch may add)" : "";
  const asked = `That requires a ${verdict.floor} release${young}`;
  if (verdict.passes) {
    const enough =
      verdict.lowered === undefined
        ? `${asked}, and ${verdict.version} is at least that.`
        : `${asked}; ${verdict.version} is less, because: ${verdict.lowered.reason}`;
    return { passes: true, text: `${counted}\n${enough}` };
  }
  const planned =
    verdict.planned === "none"
      ? "no release is planned"
      : `${verdict.version} is only a ${verdict.planned} release`;
  return {
    passes: false,
    text: [
      counted,
      "",
      listChanges(changes),
      "",
      `${asked}, but ${planned}. Write the changeset:`,
      "",
      "  npx -y pnpm@12 changeset:spec",
      "",
      "If less is enough, say why in a changeset, on its own line:",
      "",
      `  Lowered from ${verdict.floor} to ${verdict.floor === "patch" ? "none" : "patch"}: <the reason>`,
    ].join("\n"),
  };
}
