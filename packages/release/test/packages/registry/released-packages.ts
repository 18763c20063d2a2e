import { expect } from "vitest";
import type { RepositoryCopy } from "./repository-copy.ts";

/** The folders of the packages that are released together. */
export const folders = [
  "spec",
  "packages/client",
  "packages/mock",
  "packages/contract",
  "packages/outbox",
] as const;

export const names = folders.map((folder) => `@dots-payouts/${folder.replace("packages/", "")}`);

/** Looks at the version and the changelog that all packages have after a header has become required. */
export function expectHeaderReleased(copy: RepositoryCopy): void {
  for (const folder of folders) {
    expect(JSON.parse(copy.read(`${folder}/package.json`))).toMatchObject({ version: "0.2.0" });
    const [, entry] = copy.read(`${folder}/CHANGELOG.md`).split(/^## (?=\d)/m);
    expect(entry).toMatch(/^0\.2\.0/);
    expect(entry).toContain("Breaking: The header parameter X-Reason is new, and required.");
  }
}
