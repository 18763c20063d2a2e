import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { asDocument, getAt, listOperations } from "@dots-payouts/openapi";
import { SECURITY_HEADERS } from "../src/server/headers.ts";
import { operationUrl } from "../src/site/operation-address.ts";
import { prepareRival, RIVALS } from "./rivals.ts";
import { serveFolder } from "./serve-folder.ts";

/** A page that is measured. */
interface Contestant {
  readonly name: string;
  readonly url: string;
  /** Where the main content is shown: within `place`, with this text. */
  readonly place: string;
  readonly text: string;
}

export interface Contestants {
  readonly pages: readonly Contestant[];
  /** All pages of this site. */
  readonly everyPage: readonly Pick<Contestant, "name" | "url">[];
  close(): Promise<void>;
}

const DIST = fileURLToPath(new URL("../dist/", import.meta.url));

/** Serves pages of this site, and of other renderers of the same document, all in the same way. */
export async function serveContestants(): Promise<Contestants> {
  const file = fileURLToPath(import.meta.resolve("@dots-payouts/spec/openapi.json"));
  const source = readFileSync(file, "utf8");
  const document = asDocument(JSON.parse(source));
  const title = String(getAt(document, "/info/title"));
  const operation = listOperations(document).find(({ requestBody }) => requestBody !== undefined);
  if (operation === undefined) throw new Error("no operation takes a body");
  const folder = mkdtempSync(join(tmpdir(), "docs-bench-"));
  const site = await serveFolder(DIST, SECURITY_HEADERS);
  const rivals = await Promise.all(
    RIVALS.map(async (rival) => ({ ...rival, ...(await serveFolder(prepareRival(rival, source, folder))) })),
  );
  return {
    pages: [
      { name: "start page", url: site.url, place: "h1", text: title },
      {
        name: "an operation",
        url: site.url + operationUrl(operation),
        place: "h1",
        text: operation.summary ?? "",
      },
      { name: "a guide", url: `${site.url}guides/errors/`, place: "h1", text: "" },
      { name: "all operations", url: `${site.url}reference/all/`, place: "h2", text: "" },
      { name: "console", url: `${site.url}try/`, place: "[data-console] form", text: "" },
      {
        name: "reference (Redoc, ours)",
        url: `${site.url}reference/`,
        place: "[data-redoc] h1",
        text: title,
      },
      ...rivals.map(({ name, url }) => ({ name, url, place: "h1", text: title })),
    ],
    everyPage: listAddresses().map((address) => ({ name: address || "start page", url: site.url + address })),
    close: async () => {
      for (const { close } of [site, ...rivals]) await close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The addresses of the pages, relative to the site's root, as listed in the sitemap. */
function listAddresses(): string[] {
  const sitemap = readFileSync(join(DIST, "sitemap.xml"), "utf8");
  return [...sitemap.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, location = ""]) =>
    new URL(location).pathname.slice(1),
  );
}
