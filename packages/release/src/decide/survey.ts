import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { asDocument, type OpenApiDocument } from "@dots-payouts/openapi";
import type { Change } from "../compare/change/change.ts";
import { compareDocuments } from "../compare/document.ts";
import { readGroup } from "../repository/group.ts";
import { Problem } from "../repository/problem.ts";
import { typeChanges } from "../types/type-changes.ts";
import { type Baseline, findBaseline } from "./baseline.ts";
import { type Pending, readPending } from "./pending.ts";

/** The input of the decision. */
export interface Survey {
  /** The packages that are released together. */
  readonly group: readonly string[];
  readonly current: string;
  /** Absent if nothing has been released yet. */
  readonly baseline: Baseline | undefined;
  readonly changes: readonly Change[];
  readonly pending: readonly Pending[];
  /** The changelog's entry of the current version. */
  readonly entry: string;
}

/** Reads a repository, whose description has been bundled. */
export async function survey(root: string): Promise<Survey> {
  if (existsSync(join(root, ".changeset/pre.json"))) {
    throw new Problem(
      "The repository is in the prerelease mode of changesets (.changeset/pre.json), which is not supported. Leave it " +
        "first: npx -y pnpm@12 exec changeset pre exit",
    );
  }
  const group = await readGroup(root);
  const manifest: unknown = JSON.parse(await readFile(join(root, "spec/package.json"), "utf8"));
  if (!hasNameAndVersion(manifest)) throw new Problem("spec/package.json has no name and version.");
  const { name, version: current } = manifest;
  const document = await readDocument(join(root, "spec/dist/openapi.json")).catch(() => {
    throw new Problem("The description is not bundled. Run: npx -y pnpm@12 build");
  });
  const changelog = await readFile(join(root, "spec/CHANGELOG.md"), "utf8").catch(() => "");
  const baseline = await findBaseline({ root, name, current, changelog });
  return {
    group,
    current,
    baseline,
    changes:
      baseline === undefined
        ? []
        : [
            ...compareDocuments(baseline.document, document),
            ...(baseline.tag === undefined ? [] : await typeChanges(root, group, baseline.tag)),
          ],
    pending: await readPending(root, group),
    entry: entryOf(changelog, current),
  };
}

async function readDocument(file: string): Promise<OpenApiDocument> {
  return asDocument(JSON.parse(await readFile(file, "utf8")));
}

function entryOf(changelog: string, version: string): string {
  return changelog.split(/^## /m).find((part) => part.startsWith(`${version}\n`)) ?? "";
}

function hasNameAndVersion(value: unknown): value is { name: string; version: string } {
  if (typeof value !== "object" || value === null) return false;
  return "name" in value && typeof value.name === "string" && "version" in value;
}
