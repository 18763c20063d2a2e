import { listPendingChanges, listPublishedPackages } from "../site/repository.ts";
import type { Page } from "../site/site.ts";

/** What changed in each version, from the changelogs of all packages, and what the next version will change. */
export function changelogPage(): Page {
  const pending = listPendingChanges();
  const releases = new Map<string, string[]>();
  for (const { name, changelog = "" } of listPublishedPackages()) {
    for (const { version, text } of readReleases(changelog)) {
      releases.set(version, [
        ...(releases.get(version) ?? []),
        `### ${name}\n\n${text.replace(/^### /gm, "#### ")}`,
      ]);
    }
  }
  const blocks = [...releases].map(([version, entries]) => `## ${version}\n\n${entries.join("\n\n")}`);
  if (pending.length > 0) blocks.unshift(`## Not released yet\n\n${pending.join("\n\n")}`);
  return {
    url: "changelog/",
    title: "Changelog",
    description: "What changed in each release, for all packages.",
    markdown: `# Changelog

All packages are released together. [Versions](/guides/versions/) explains what a version number means.

${blocks.length === 0 ? "Nothing has been released yet." : blocks.join("\n\n")}
`,
  };
}

/** The sections of a changelog in the format of changesets: a heading with the version, and the changes. */
function readReleases(changelog: string): { version: string; text: string }[] {
  return changelog
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [version = "", ...lines] = section.split("\n");
      return { version: version.trim(), text: lines.join("\n").trim() };
    });
}
