import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { asDocument, DocumentError, listOperations } from "@dots-payouts/openapi";

// A process of its own, since the packages that were built for the copy are loaded here.
const [folder = "."] = process.argv.slice(2);
const load = async (path: string) => import(pathToFileURL(join(folder, path)).href);
const { startMock } = await load("packages/mock/dist/index.mjs");
const { runContract } = await load("packages/contract/dist/index.mjs");

try {
  const document = asDocument(JSON.parse(readFileSync(join(folder, "spec/dist/openapi.json"), "utf8")));
  const operations = listOperations(document);
  if (operations.length === 0) throw new DocumentError("/paths", "there is no operation to check");
  const login = { username: "client", password: "key-of-the-client" };
  await using mock = await startMock({ port: 0, ...login });
  const report = await runContract({ url: mock.url, ...login, seed: 1, timeout: 60_000 });
  const { passed, failed, causes, coverage } = report;
  if (failed > 0) {
    const [{ cause, checks }] = causes;
    throw new Error(`${failed} of ${passed + failed} checks failed: ${cause}, ${checks[0]}`);
  }
  const [unable] = coverage.notExercised;
  if (passed === 0 && unable !== undefined) {
    const operation = operations.find(({ id }) => id === unable.operation);
    throw new DocumentError(operation?.pointer ?? "", `nothing can be checked: ${unable.reason}`);
  }
  const left = coverage.notExercised.length;
  console.log(`the mock passes ${passed} checks${left === 0 ? "" : `; ${left} cannot be made`}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
