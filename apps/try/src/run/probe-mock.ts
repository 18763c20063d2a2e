import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  asDocument,
  DocumentError,
  isObject,
  type Json,
  listOperations,
  responseFor,
  successResponses,
} from "@dots-payouts/openapi";
import { compileSchemas } from "@dots-payouts/openapi/validation";
import { sampleRequest } from "./sample-request.ts";

// What libraries print here is not about the description.
console.warn = () => {};

// A separate process, because it loads the mock that was built for the copy.
const [folder = "."] = process.argv.slice(2);
const { startMock } = await import(pathToFileURL(join(folder, "packages/mock/dist/index.mjs")).href);

/** What an answer says: in its `message`, or as a plain text. */
function messageIn(text: string): string {
  try {
    const value: Json = JSON.parse(text);
    const message = isObject(value) ? value["message"] : undefined;
    return typeof message === "string" ? message : text;
  } catch {
    return text;
  }
}

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
      const problem = `${response.status} ${messageIn(text)}`;
      refusal ??= { pointer: operation.pointer, problem };
    }
    // The mock says itself what it can't do, and where.
    if (response.status === 501) unable ??= messageIn(text);
    // What `default` describes may be anything: it is no excuse for a mock that breaks.
    const described = responseFor(operation.responses, response.status)?.status ?? "default";
    const isKnown = described.toLowerCase() !== "default";
    // 501: the description does not document the answer.
    if (response.status >= 500 && response.status !== 501 && !isKnown) {
      throw new Error(`${operation.method} ${operation.path} is answered with ${response.status}: ${text}`);
    }
  }
  if (succeeded === 0) {
    const { pointer, problem } = refusal ?? {
      pointer: operations[0]?.pointer ?? "/paths",
      problem: operations.length === 0 ? "there is no operation" : "none is documented",
    };
    throw new DocumentError(pointer, `no operation answers with a success; here: ${problem}`);
  }
  const told = unable === undefined ? "" : `; refused: ${unable.replace(/\.$/, "")}`;
  console.log(`answers every operation, ${succeeded} of ${operations.length} with a success${told}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
