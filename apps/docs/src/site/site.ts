import {
  isObject,
  listServers,
  type OpenApiDocument,
  type Operation,
  type Server,
} from "@dots-payouts/openapi";
import { NOT_PUBLISHED } from "./not-published.ts";
import { listPublishedPackages } from "./repository.ts";

/** Information about the site for every page. */
export interface Site {
  readonly title: string;
  readonly summary: string;
  readonly description: string;
  /** The version of the API. */
  readonly version: string;
  /** The version of the packages, or that they are not published. */
  readonly packages: string;
  /** The site's public URL, with a trailing slash, for canonical links and the sitemap. */
  readonly url: string;
  /** The repository's public URL, without a trailing slash; `undefined` if there is none yet. */
  readonly repository: string | undefined;
  readonly document: OpenApiDocument;
  readonly operations: readonly Operation[];
  readonly servers: readonly Server[];
  readonly assets: Assets;
}

/** A page before it is rendered. */
export interface Page {
  /** Relative to the site's root, without a leading slash: `guides/errors/`, or `404.html`. */
  readonly url: string;
  readonly title: string;
  readonly description: string;
  /** Links in it that start with a slash are relative to the site's root. */
  readonly markdown: string;
  /** HTML before the text. */
  readonly before?: string;
  /** HTML after the text. */
  readonly after?: string;
  /** Names of the assets that this page needs in addition to those of every page. */
  readonly scripts?: readonly string[];
  /** The same for style sheets. */
  readonly styles?: readonly string[];
  /**
   * The width of the page: a column of text, wider, or the whole window.
   * @default "text"
   */
  readonly width?: "text" | "broad" | "full";
  /** The page's place in the list of its section. Pages without it are not listed. */
  readonly order?: number;
  /** The file that contains its text, relative to the repository's root. Generated pages have none. */
  readonly source?: string;
  /** More words for the search, in addition to those of its text. */
  readonly keywords?: string;
  /**
   * Whether the search includes it.
   * @default true
   */
  readonly isSearched?: boolean;
  /** The page's group within its section, for sections with too many pages to list them all. */
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

/** The path of each asset, relative to the site's root, by its plain name. */
export type Assets = ReadonlyMap<string, string>;
