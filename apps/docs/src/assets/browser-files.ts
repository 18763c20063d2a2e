import { basename } from "node:path";

/** What the pages load as it stands. */
export const FILES: readonly URL[] = [
  new URL("../browser/site.css", import.meta.url),
  new URL("../browser/console.css", import.meta.url),
  new URL("../browser/reference.css", import.meta.url),
  new URL("../browser/icon.svg", import.meta.url),
];

/** What they load as a bundle. */
export const SCRIPTS: readonly URL[] = [
  new URL("../browser/samples.ts", import.meta.url),
  new URL("../browser/frame.ts", import.meta.url),
  new URL("../browser/reference.ts", import.meta.url),
  new URL("../browser/try.ts", import.meta.url),
];

/** The name under which a page asks for one of them. */
export function assetName(file: URL): string {
  return basename(file.pathname).replace(/\.ts$/, ".js");
}
