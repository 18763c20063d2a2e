import { join } from "node:path";
import { pathToFileURL } from "node:url";

// A process of its own, since the packages that were built for the copy are loaded here.
const [folder = ".", what] = process.argv.slice(2);
const load = async (path: string) => import(pathToFileURL(join(folder, path)).href);

try {
  const { startMock } = await load("packages/mock/dist/index.mjs");
  const mock = await startMock({ port: 0, username: "client", password: "key" });
  if (what === "mock") console.log("serves it");
  else {
    const { runContract } = await load("packages/contract/dist/index.mjs");
    const report = await runContract({ url: mock.url, username: "client", password: "key", seed: 1 });
    const [first] = report.checks.filter(({ status }: { status: string }) => status === "failed");
    const told = first === undefined ? "" : `, first ${first.id}`;
    console.log(`${report.passed} checks passed, ${report.failed} failed${told}`);
  }
  await mock.close();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
