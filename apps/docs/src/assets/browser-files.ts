import { basename } from "node:path";

/** What the pages load as it stands. */
export const FILES: readonly URL[] = [
  new URL("../browser/console.css", import.meta.url),
  new URL("../browser/reference.css", import.meta.url),
  new URL("../browser/icon.svg", import.meta.url),
  new URL("../../content/card.png", import.meta.url),
];

/** The style sheet of every page, in parts that follow each other in the order of their names. */
export const STYLES: URL = new URL("../browser/styles/", import.meta.url);
export const STYLE_SHEET = "site.css";

/** What they load as a bundle. */
export const SCRIPTS: readonly URL[] = [
  new URL("../browser/samples.ts", import.meta.url),
  new URL("../browser/frame.ts", import.meta.url),
  new URL("../browser/search.ts", import.meta.url),
  new URL("../browser/reference.ts", import.meta.url),
  new URL("../browser/try.ts", import.meta.url),
];

/** The name under which a page asks for one of them. */
export function assetName(file: URL): string {
  return basename(file.pathname).replace(/\.ts$/, ".js");
}
