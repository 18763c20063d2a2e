import { withNotPublishedNote } from "../site/not-published.ts";
import type { Page, Site } from "../site/site.ts";
import { assumptionPages } from "./assumptions.ts";
import { changelogPage } from "./changelog.ts";
import { downloadsPage } from "./downloads.ts";
import { eventPages } from "./events.ts";
import { notFoundPage } from "./not-found.ts";
import { operationPages, printPages } from "./operations.ts";
import { packagePages } from "./packages.ts";
import { referencePage } from "./reference.ts";
import { startPage } from "./start.ts";
import { statePages } from "./states.ts";
import { tryPage } from "./try.ts";
import { writtenPages } from "./written.ts";

/** Every page: those written by hand, and those made from the bundle and the packages. */
export function listPages(site: Site): Page[] {
  return [
    startPage(site),
    ...writtenPages().map((page) => withNotPublishedNote(page, site)),
    referencePage(site),
    ...printPages(site),
    ...assumptionPages(site),
    ...operationPages(site),
    ...statePages(site),
    ...eventPages(site),
    tryPage(site),
    ...packagePages().map((page) => withNotPublishedNote(page, site)),
    changelogPage(),
    downloadsPage(site),
    notFoundPage(),
  ];
}
