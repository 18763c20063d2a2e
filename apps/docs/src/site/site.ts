import {
  isObject,
  listServers,
  type OpenApiDocument,
  type Operation,
  type Server,
} from "@dots-payouts/openapi";
import { NOT_PUBLISHED } from "./not-published.ts";
import { listPublishedPackages } from "./repository.ts";

/** What every page may ask of the site that it belongs to. */
export interface Site {
  readonly title: string;
  readonly summary: string;
  readonly description: string;
  /** The version of the API. */
  readonly version: string;
  /** The version of the packages, and whether they can be had. */
  readonly packages: string;
  /** Where the site is going to be, with a slash at its end: for canonical links and the sitemap. */
  readonly url: string;
  /** Where the repository can be read, without a slash at its end; `undefined` if that is nowhere yet. */
  readonly repository: string | undefined;
  readonly document: OpenApiDocument;
  readonly operations: readonly Operation[];
  readonly servers: readonly Server[];
  readonly assets: Assets;
}

/** A page that is made, not written. */
export interface Page {
  /** Relative to the site's root, without a slash before it: `guides/errors/`, or `404.html`. */
  readonly url: string;
  readonly title: string;
  readonly description: string;
  /** Links in it that begin with a slash lead from the site's root. */
  readonly markdown: string;
  /** HTML before the text. */
  readonly before?: string;
  /** HTML that stands after the text. */
  readonly after?: string;
  /** Names of assets that this page needs beside those of every page. */
  readonly scripts?: readonly string[];
  /** The same for style sheets. */
  readonly styles?: readonly string[];
  /** How much of the window the page takes: a column to be read, more than that, or all. @default "text" */
  readonly width?: "text" | "broad" | "full";
  /** The place of the page in the list of its section; pages without it are not listed. */
  readonly order?: number;
  /** The file that it is written in, from the repository's root; pages that are made have none. */
  readonly source?: string;
  /** Words that the search finds it by, beside those of its text. */
  readonly keywords?: string;
  /** Whether the search finds it. @default true */
  readonly isSearched?: boolean;
  /** What it has in common with those listed beside it, where the section has too many pages to list them all. */
  readonly group?: string;
}

function packagesVersion(): string {
  const [version = "0.0.0"] = listPublishedPackages().map((each) => each.version);
  return version === "0.0.0" ? NOT_PUBLISHED : version;
}

export function readSite(
  document: OpenApiDocument,
  operations: readonly Operation[],
  { url, repository }: Pick<Site, "url" | "repository">,
  assets: Assets,
): Site {
  const info = isObject(document["info"]) ? document["info"] : {};
  const text = (key: string): string => (typeof info[key] === "string" ? info[key] : "");
  return {
    title: text("title"),
    summary: text("summary"),
    description: text("description"),
    version: text("version"),
    packages: packagesVersion(),
    url,
    repository,
    document,
    operations,
    servers: listServers(document),
    assets,
  };
}

/** Where each asset lies, relative to the site's root, by its plain name. */
export type Assets = ReadonlyMap<string, string>;
