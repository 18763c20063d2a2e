import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { asDocument, type OpenApiDocument } from "@dots-payouts/openapi";
import { Problem } from "../repository/problem.ts";
import { run } from "../repository/run.ts";
import { compareVersions } from "./bump.ts";

/** The last release of the description. */
export interface Baseline {
  readonly version: string;
  readonly document: OpenApiDocument;
  /** Where it was found, for people. */
  readonly source: string;
}

const FIRST = "0.0.0";

/**
 * The last release: from its git tag, or from the registry where no tag is at hand, as in a shallow clone. None when
 * nothing has been released yet.
 * @throws Problem when there has to be one and it can't be had.
 */
export async function findBaseline(
  root: string,
  name: string,
  current: string,
): Promise<Baseline | undefined> {
  const tags = (await run("git", ["tag", "--list", `${name}@*`, "--merged", "HEAD"], { cwd: root })).split(
    "\n",
  );
  const versions = tags
    .map((tag) => tag.slice(name.length + 1))
    .filter((version) => /^\d+\.\d+\.\d+$/.test(version))
    .sort(compareVersions);
  const version = versions.at(-1);
  if (version !== undefined) {
    const tag = `${name}@${version}`;
    return { version, document: await bundleAt(root, tag), source: `tag ${tag}` };
  }
  return current === FIRST ? undefined : fromRegistry(root, name);
}

/** Bundles the description as it was at a tag with the bundler of today. */
async function bundleAt(root: string, tag: string): Promise<OpenApiDocument> {
  return inTemporaryFolder(async (folder) => {
    const list = await run("git", ["ls-tree", "-r", "--name-only", "-z", tag, "spec/"], { cwd: root });
    for (const file of list.split("\0").filter((path) => path.endsWith(".yaml"))) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), await run("git", ["show", `${tag}:${file}`], { cwd: root }));
    }
    // Loaded here because it takes long, and only a tag needs it.
    const { bundle, createConfig } = await import("@redocly/openapi-core");
    const config = await createConfig({});
    const { bundle: bundled } = await bundle({ ref: join(folder, "spec/openapi.yaml"), config });
    return asDocument(bundled.parsed);
  });
}

async function fromRegistry(root: string, name: string): Promise<Baseline | undefined> {
  return inTemporaryFolder(async (folder) => {
    const packed = await run("npm", ["pack", name, "--json", "--pack-destination", folder], {
      cwd: root,
    }).catch((error: unknown) => {
      const cause = error instanceof Error ? error.message : String(error);
      // Before the first release is published its version is in package.json already.
      if (/\bE404\b/.test(cause)) return undefined;
      throw new Problem(
        `There is no git tag of the last release, and the registry can't be asked for ${name}. Fetch the tags ` +
          `(git fetch --tags --unshallow), or see to it that the registry can be reached.\n${cause}`,
      );
    });
    if (packed === undefined) return undefined;
    const [entry]: unknown[] = JSON.parse(packed);
    if (!isPacked(entry)) throw new Problem(`npm pack ${name} answered something that can't be read.`);
    await run("tar", ["-xzf", entry.filename], { cwd: folder });
    const document = await readDocument(join(folder, "package/dist/openapi.json"));
    return { version: entry.version, document, source: `the registry's ${name}@${entry.version}` };
  });
}

function isPacked(value: unknown): value is { filename: string; version: string } {
  if (typeof value !== "object" || value === null) return false;
  return "filename" in value && typeof value.filename === "string" && "version" in value;
}

export async function readDocument(file: string): Promise<OpenApiDocument> {
  return asDocument(JSON.parse(await readFile(file, "utf8")));
}

async function inTemporaryFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "release-"));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
