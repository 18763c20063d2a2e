import {
  isObject,
  listOperations,
  listServers,
  type OpenApiDocument,
  type Operation,
  type Server,
} from "@dots-payouts/openapi";
import type { Assets } from "./assets.ts";

/** What every page may ask of the site that it belongs to. */
export interface Site {
  readonly title: string;
  readonly summary: string;
  readonly version: string;
  readonly document: OpenApiDocument;
  readonly operations: readonly Operation[];
  readonly servers: readonly Server[];
  readonly assets: Assets;
}

/** A page that is made, not written. */
export interface Page {
  /** Relative to the site's root, without a slash before it. */
  readonly url: string;
  readonly title: string;
  readonly description: string;
  /** HTML, as it stands in the page's main part. */
  readonly body: string;
  /** Names of assets that this page needs beside those of every page. */
  readonly scripts?: readonly string[];
}

export function readSite(document: OpenApiDocument, assets: Assets): Site {
  const info = isObject(document["info"]) ? document["info"] : {};
  const text = (key: string): string => (typeof info[key] === "string" ? info[key] : "");
  return {
    title: text("title"),
    summary: text("summary"),
    version: text("version"),
    document,
    operations: listOperations(document),
    servers: listServers(document),
    assets,
  };
}
