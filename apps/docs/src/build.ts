import { fileURLToPath } from "node:url";
import { buildSite } from "./build/build-site.ts";

const out = fileURLToPath(new URL("../dist/", import.meta.url));
const record = fileURLToPath(new URL("../node_modules/.cache/dots-docs/pages.txt", import.meta.url));
const url = process.env["DOCS_SITE_URL"];
const started = performance.now();
try {
  const { pages, kept } = await buildSite({
    out,
    record,
    url: url === undefined || url === "" ? undefined : siteUrl(url),
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const also = kept === 0 ? "" : `, ${kept} of them as they were`;
  process.stdout.write(`Docs: ${pages} pages in ${seconds} s${also}\n`);
} catch (error) {
  process.stderr.write(
    `The docs can't be built: ${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exitCode = 1;
}

function siteUrl(text: string): string {
  if (!URL.canParse(text)) throw new Error(`DOCS_SITE_URL is no URL: ${text}`);
  return text.endsWith("/") ? text : `${text}/`;
}
