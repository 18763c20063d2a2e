import type { Page, Site } from "../build/site.ts";
import { downloadsPage } from "./downloads.ts";
import { notFoundPage } from "./not-found.ts";
import { operationPages } from "./operations.ts";
import { referencePage } from "./reference.ts";
import { startPage } from "./start.ts";

/** Every page that is made from the bundle and the packages. */
export function listPages(site: Site): Page[] {
  return [startPage(site), referencePage(site), ...operationPages(site), downloadsPage(site), notFoundPage()];
}
