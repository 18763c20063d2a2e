import { fileURLToPath } from "node:url";
import { buildSite } from "./build/build-site.ts";

const out = fileURLToPath(new URL("../dist/", import.meta.url));
const started = performance.now();
try {
  const { pages } = await buildSite({ out });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(`Docs: ${pages} pages in ${seconds} s\n`);
} catch (error) {
  process.stderr.write(
    `The docs can't be built: ${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exitCode = 1;
}
