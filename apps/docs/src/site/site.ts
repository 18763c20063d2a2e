import {
  isObject,
  listServers,
  type OpenApiDocument,
  type Operation,
  type Server,
} from "@dots-payouts/openapi";

/** What every page may ask of the site that it belongs to. */
export interface Site {
  readonly title: string;
  readonly summary: string;
  readonly description: string;
  readonly version: string;
  /** Where the site is going to be, with a slash at its end: for canonical links and the sitemap. */
  readonly url: string;
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
  /** HTML that stands before the text. */
  readonly before?: string;
  /** HTML that stands after the text. */
  readonly after?: string;
  /** Names of assets that this page needs beside those of every page. */
  readonly scripts?: readonly string[];
  /** The same for style sheets. */
  readonly styles?: readonly string[];
  /** How much of the window the page takes: a column to be read, more than that, or all. @default "text" */
  readonly width?: "text" | "broad" | "full";
  /** Where the page stands in the list of its section; pages without it are not listed. */
  readonly order?: number;
  /** What it has in common with those listed beside it, where the section has too many pages to list them all. */
  readonly group?: string;
}

export function readSite(
  document: OpenApiDocument,
  operations: readonly Operation[],
  url: string,
  assets: Assets,
): Site {
  const info = isObject(document["info"]) ? document["info"] : {};
  const text = (key: string): string => (typeof info[key] === "string" ? info[key] : "");
  return {
    title: text("title"),
    summary: text("summary"),
    description: text("description"),
    version: text("version"),
    url,
    document,
    operations,
    servers: listServers(document),
    assets,
  };
}

/** Where each asset lies, relative to the site's root, by its plain name. */
export type Assets = ReadonlyMap<string, string>;
