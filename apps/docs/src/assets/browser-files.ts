import { basename } from "node:path";

/** Files that the pages load unchanged. */
export const FILES: readonly URL[] = [
  new URL("../browser/console.css", import.meta.url),
  new URL("../browser/reference.css", import.meta.url),
  new URL("../browser/icon.svg", import.meta.url),
  new URL("../../content/card.png", import.meta.url),
];

/** The parts of the style sheet that every page loads, in the order of their names. */
export const STYLES: URL = new URL("../browser/styles/", import.meta.url);
export const STYLE_SHEET = "site.css";

/** Files that the pages load as a bundle. */
export const SCRIPTS: readonly URL[] = [
  new URL("../browser/samples.ts", import.meta.url),
  new URL("../browser/frame.ts", import.meta.url),
  new URL("../browser/search.ts", import.meta.url),
  new URL("../browser/reference.ts", import.meta.url),
  new URL("../browser/try.ts", import.meta.url),
];

/** The name of an asset in the code of a page. */
export function assetName(file: URL): string {
  return basename(file.pathname).replace(/\.ts$/, ".js");
}
