import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  asDocument,
  DocumentError,
  listOperations,
  responseFor,
  successResponses,
} from "@dots-payouts/openapi";
import { compileSchemas } from "@dots-payouts/openapi/validation";
import { sampleRequest } from "./sample-request.ts";

// A separate process, because it loads the mock that was built for the copy.
const [folder = "."] = process.argv.slice(2);
const { startMock } = await import(pathToFileURL(join(folder, "packages/mock/dist/index.mjs")).href);

try {
  const document = asDocument(JSON.parse(readFileSync(join(folder, "spec/dist/openapi.json"), "utf8")));
  await using mock = await startMock({ port: 0 });
  const schemas = compileSchemas(document);
  let succeeded = 0;
  let refusal: { pointer: string; problem: string } | undefined;
  let unable: string | undefined;
  // fetch does not send TRACE.
  const operations = listOperations(document).filter(({ method }) => method !== "TRACE");
  for (const operation of operations) {
    const { path, ...init } = sampleRequest(schemas, operation);
    const response = await fetch(mock.url + path, { ...init, redirect: "manual" });
    const text = await response.text();
    if (response.ok) succeeded += 1;
    else if (successResponses(operation.responses).length > 0) {
      const problem = `${response.status} ${JSON.parse(text || "{}").message ?? text}`;
      refusal ??= { pointer: operation.pointer, problem };
    }
    // The mock says itself what it can't do, and where.
    if (response.status === 501) unable ??= JSON.parse(text || "{}").message;
    // What `default` describes may be anything: it is no excuse for a mock that breaks.
    const described = responseFor(operation.responses, response.status)?.status ?? "default";
    const isKnown = described.toLowerCase() !== "default";
    // 501: the description does not document the answer.
    if (response.status >= 500 && response.status !== 501 && !isKnown) {
      throw new Error(`${operation.method} ${operation.path} is answered with ${response.status}: ${text}`);
    }
  }
  if (succeeded === 0 && refusal !== undefined) {
    throw new DocumentError(refusal.pointer, `no operation answers with a success; here: ${refusal.problem}`);
  }
  const told = unable === undefined ? "" : `; refused: ${unable.replace(/\.$/, "")}`;
  console.log(`answers every operation, ${succeeded} of ${operations.length} with a success${told}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
