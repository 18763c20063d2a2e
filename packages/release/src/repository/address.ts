import { readFile, writeFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { isObject } from "@dots-payouts/openapi";
import { findPackage, readGroup } from "./group.ts";
import { Problem } from "./problem.ts";

/**
 * Writes into the manifests of all released packages where the repository is, for the registry's page and the provenance.
 * A fork thus publishes its own address.
 * @param url the repository's page, such as `https://github.com/acme/toolkit`
 * @throws Problem if the URL is not one.
 */
export async function writeAddress(root: string, url: string): Promise<string[]> {
  if (!/^https:\/\/[\w.-]+\/[\w./-]+$/.test(url)) {
    throw new Problem(
      `"${url}" is not the address of a repository. Give it as https://github.com/acme/toolkit.`,
    );
  }
  const written: string[] = [];
  for (const name of await readGroup(root)) {
    const folder = await findPackage(root, name);
    const file = join(folder, "package.json");
    const manifest: unknown = JSON.parse(await readFile(file, "utf8"));
    const directory = relative(root, folder).replaceAll(sep, "/");
    const repository = { type: "git", url: `git+${url}.git`, directory };
    const content = {
      ...(isObject(manifest) ? manifest : {}),
      homepage: `${url}/tree/main/${directory}#readme`,
      bugs: `${url}/issues`,
      repository,
    };
    await writeFile(file, `${JSON.stringify(content, null, 2)}\n`);
    written.push(directory);
  }
  return written;
}
