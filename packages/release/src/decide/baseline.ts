import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asDocument, type OpenApiDocument } from "@dots-payouts/openapi";
import { Problem } from "../repository/problem.ts";
import { askRegistry } from "../repository/registry.ts";
import { run } from "../repository/run.ts";
import { compareVersions } from "./bump.ts";

/** The last release of the description. */
export interface Baseline {
  readonly version: string;
  readonly document: OpenApiDocument;
  /** A readable name of where it was found. */
  readonly source: string;
  /** The git tag that it was found at. */
  readonly tag?: string;
}

/** What a repository says about the description's releases. */
export interface Releases {
  readonly root: string;
  /** The package's name. */
  readonly name: string;
  /** The version in its manifest. */
  readonly current: string;
  readonly changelog: string;
}

/** The version before the first release; it may be published by hand to reserve the name. */
const PLACEHOLDER = "0.0.0";
const PLAIN = /^\d+\.\d+\.\d+$/;

/**
 * The last release: the current version if it is already released, otherwise the one before it in the changelog or
 * among the tags. It is read from its git tag, or from the registry if there is no tag, as in a shallow clone or after
 * a release that could not be tagged. `undefined` if nothing has been released yet.
 * @throws Problem if there must be one, but it is not available.
 */
export async function findBaseline(releases: Releases): Promise<Baseline | undefined> {
  const { root, name, current } = releases;
  if (current === PLACEHOLDER) return undefined;
  if (!PLAIN.test(current)) {
    throw new Problem(
      `${current} is a prerelease or a snapshot, but only plain versions such as 1.2.3 are supported. Leave the ` +
        "prerelease first (changeset pre exit), or publish the snapshot without this check.",
    );
  }
  const tagged = await listTags(root, name);
  if (tagged.includes(current)) return fromTag(root, name, current);
  const earlier = versionBefore(releases, tagged);
  const published = await fromRegistry(root, name, current);
  if (published !== undefined) return published;
  if (earlier === undefined) return undefined;
  if (tagged.includes(earlier)) return fromTag(root, name, earlier);
  const found = await fromRegistry(root, name, earlier);
  if (found !== undefined) return found;
  throw new Problem(
    `spec/CHANGELOG.md says that ${earlier} was released, but there is no git tag ${name}@${earlier}, and the registry ` +
      "does not have it. Fetch the tags (git fetch --tags --unshallow), or set the registry of the package's scope in " +
      ".npmrc.",
  );
}

/** The released version before the current one. */
function versionBefore(
  { name, current, changelog }: Releases,
  tagged: readonly string[],
): string | undefined {
  const told = [...changelog.matchAll(/^## (\d+\.\d+\.\d+)\s*$/gm)].map(([, version = ""]) => version);
  const known = [...told, ...tagged].filter((version) => compareVersions(version, current) < 0);
  if (known.length === 0 && !told.includes(current)) {
    throw new Problem(
      `spec/package.json says ${current}, but neither spec/CHANGELOG.md nor a git tag says which version of ${name} ` +
        "came before it. Fetch the tags (git fetch --tags --unshallow), or let changesets raise the version.",
    );
  }
  return known.sort(compareVersions).at(-1);
}

async function listTags(root: string, name: string): Promise<string[]> {
  const tags = await run("git", ["tag", "--list", `${name}@*`, "--merged", "HEAD"], { cwd: root });
  return tags
    .split("\n")
    .map((tag) => tag.slice(name.length + 1))
    .filter((version) => PLAIN.test(version));
}

/** Bundles the description at a tag with the current bundler. */
async function fromTag(root: string, name: string, version: string): Promise<Baseline> {
  const tag = `${name}@${version}`;
  return inTemporaryFolder(async (folder) => {
    await run("git", ["archive", "--output", join(folder, "spec.tar"), tag, "spec"], { cwd: root });
    await run("tar", ["-xf", "spec.tar"], { cwd: folder });
    // Loaded on demand, because it takes long and only a tag needs it.
    const { bundle, createConfig } = await import("@redocly/openapi-core");
    const config = await createConfig({});
    const { bundle: bundled } = await bundle({ ref: join(folder, "spec/openapi.yaml"), config });
    return { version, document: asDocument(bundled.parsed), source: `tag ${tag}`, tag };
  });
}

/** A version as it was published; `undefined` if it was not, or without a description, which is a placeholder. */
async function fromRegistry(root: string, name: string, version: string): Promise<Baseline | undefined> {
  const id = `${name}@${version}`;
  return inTemporaryFolder(async (folder) => {
    const packed = await askRegistry(
      root,
      ["pack", id, "--json", "--pack-destination", folder],
      `There is no git tag ${id}, and the registry cannot be reached. Fetch the tags (git fetch --tags --unshallow), ` +
        "or make sure that the registry can be reached.",
    );
    if (packed === undefined) return undefined;
    const [entry]: unknown[] = JSON.parse(packed);
    if (!isPacked(entry)) throw new Problem(`The answer of npm pack ${id} cannot be read.`);
    await run("tar", ["-xzf", entry.filename], { cwd: folder });
    const text = await readFile(join(folder, "package/dist/openapi.json"), "utf8").catch(() => undefined);
    if (text === undefined) return undefined;
    return { version, document: asDocument(JSON.parse(text)), source: `the registry's ${id}` };
  });
}

function isPacked(value: unknown): value is { filename: string } {
  return (
    typeof value === "object" && value !== null && "filename" in value && typeof value.filename === "string"
  );
}

async function inTemporaryFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "release-"));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
