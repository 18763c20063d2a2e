import { constants, setPriority } from "node:os";
import { fileURLToPath } from "node:url";

// After an edit of the spec, the client is built at the same time, and its types are needed sooner.
if (setting("DOCS_PRIORITY") === "low") setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
const { buildSite } = await import("./build/build-site.ts");

const out = fileURLToPath(new URL("../dist/", import.meta.url));
const record = fileURLToPath(new URL("../node_modules/.cache/dots-docs/pages.txt", import.meta.url));
const url = setting("DOCS_SITE_URL");
const repository = setting("DOCS_REPOSITORY_URL");
const started = performance.now();
try {
  const { pages, kept } = await buildSite({
    out,
    record,
    url: url === undefined ? undefined : `${address("DOCS_SITE_URL", url)}/`,
    repository: repository === undefined ? undefined : address("DOCS_REPOSITORY_URL", repository),
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const also = kept === 0 ? "" : `, ${kept} of them unchanged`;
  process.stdout.write(`Docs: ${pages} pages in ${seconds} s${also}\n`);
} catch (error) {
  process.stderr.write(
    `The docs can't be built: ${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exitCode = 1;
}

function setting(name: string): string | undefined {
  const value = process.env[name];
  return value === "" ? undefined : value;
}

/** A web address without a trailing slash. */
function address(name: string, text: string): string {
  if (!/^https?:/.test(text) || !URL.canParse(text)) throw new Error(`${name} is not a URL: ${text}`);
  return text.replace(/\/+$/, "");
}
