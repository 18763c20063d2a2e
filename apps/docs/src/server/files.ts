import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { extname, join, posix } from "node:path";
import type { Manifest } from "./manifest.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".http": "text/plain; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".md": "text/markdown; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".xml": "application/xml; charset=utf-8",
  ".yaml": "application/yaml; charset=utf-8",
};

/** A file of the site, ready to be sent. */
export interface SiteFile {
  readonly body: Buffer;
  readonly type: string;
  readonly etag: string;
}

export function siteFile(body: Buffer, type: string): SiteFile {
  return { body, type, etag: `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"` };
}

/** The result for a URL path: a file, the address to redirect to, or nothing. */
export type Found = SiteFile | { readonly redirect: string } | undefined;

/**
 * Finds the file for a URL path below `root`, among the files of the site. Reads from disk each time, so that a
 * rebuild is visible at once.
 */
export async function findFile(root: string, manifest: Manifest, urlPath: string): Promise<Found> {
  const path = decode(urlPath);
  if (path === undefined || path.split(/[\\/]/).includes("..") || path.includes("\0")) return undefined;
  const name = posix.normalize(path.endsWith("/") ? `${path}index.html` : path).replace(/^\//, "");
  const file = join(root, name);
  try {
    // Without the trailing slash, the page's relative links would be wrong.
    if ((await stat(file)).isDirectory()) {
      return (await manifest.has(`${name}/index.html`)) ? { redirect: `${urlPath}/` } : undefined;
    }
    if (!(await manifest.has(name))) return undefined;
    const body = await readFile(file);
    return siteFile(body, TYPES[extname(file)] ?? "application/octet-stream");
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR")) {
      return undefined;
    }
    throw error;
  }
}

function decode(urlPath: string): string | undefined {
  try {
    return decodeURIComponent(urlPath);
  } catch {
    return undefined;
  }
}
